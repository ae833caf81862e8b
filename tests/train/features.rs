//! Prints what the reader sees of printed references, for the program that learns the weights; and labels strings.
//!
//! Compiled alone (`rustc`): it includes the reader's own files, so that learning and reading cannot drift apart.
//! `features emit` answers each line of standard input with a line of tokens `start,end,hash hash …` separated by tabs;
//! `features fields WEIGHTS` answers with the fields and what tells how sure the title is; `features label WEIGHTS` with `start,end,label,probability` and, last, the probability of the whole.

#![allow(dead_code, reason = "the reader uses the rest")]

#[path = "../../src/extract/crf/mod.rs"]
mod crf;

use std::io::{self, BufRead, BufWriter, Write};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let model = match arguments.get(2) {
        Some(path) => Some(crf::Model::read(&std::fs::read(path)?).expect("packed weights")),
        None => None,
    };
    let (mut tokens, mut rows) = (Vec::new(), Vec::new());
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        crf::tokenize(&line, crf::MOST_TOKENS, &mut tokens);
        crf::features(&tokens, &mut rows);
        match &model {
            None => {
                for (token, row) in tokens.iter().zip(&rows) {
                    write!(out, "{},{},", token.start, token.end)?;
                    for hash in row {
                        write!(out, "{hash:x} ")?;
                    }
                    write!(out, "\t")?;
                }
            }
            Some(model) if arguments[1] == "fields" => {
                let f = crf::fields(&line, &tokens, &model.label(&rows));
                let parts = [f.authors, f.title, f.container, f.date, f.volume, f.issue, f.pages, f.publisher, f.institution];
                write!(out, "{}\t{}", parts.join("\t"), f.sure)?;
                for sign in f.signs {
                    write!(out, "\t{sign}")?;
                }
            }
            Some(model) => {
                let found = model.label(&rows);
                for (i, token) in tokens.iter().enumerate() {
                    let (label, sure) = (found.labels[i] as u8, found.marginals[i]);
                    write!(out, "{},{},{label},{sure:.4}\t", token.start, token.end)?;
                }
                write!(out, "{:.4}", found.together)?;
            }
        }
        writeln!(out)?;
    }
    out.flush()
}
