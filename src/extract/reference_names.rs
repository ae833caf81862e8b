//! The authors at the start of an entry, in the styles in use.

use super::lexicon::PARTICLES;
use super::names::{self, NameOrder};
use super::wording::is_cjk;
use crate::domain::facts::Author;

/// The authors of an entry and the byte behind them.
#[derive(Debug, Clone, Default)]
pub(super) struct AuthorList {
    pub authors: Vec<Author>,
    pub end: usize,
    /// The form of the first name.
    pub form: Option<Form>,
}

/// How a style prints a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// "Muster AB"
    FamilyInitials,
    /// "Muster, A. B."
    FamilyCommaInitials,
    /// "A. B. Muster"
    InitialsFamily,
    /// "Muster, Anna"
    FamilyCommaGiven,
    /// "Anna B. Muster"
    GivenFamily,
}

const FORMS: [Form; 5] =
    [Form::FamilyInitials, Form::FamilyCommaInitials, Form::InitialsFamily, Form::FamilyCommaGiven, Form::GivenFamily];

/// A word with its place and the punctuation behind it.
#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    end: usize,
    core: &'a str,
    tail: &'a str,
}

/// A name that was read: words used, whether the list ends with it.
struct Taken {
    author: Author,
    used: usize,
    last: bool,
}

/// Reads names from the start of an entry until something else follows.
///
/// `usual` is the form of most entries of the same list, if known: a doubtful name is one if it has that form.
pub(super) fn read(text: &str, usual: Option<Form>) -> AuthorList {
    if text.chars().next().is_some_and(is_cjk) {
        return read_ideographic(text);
    }
    let tokens = tokens(text);
    let full_names = std::cell::LazyCell::new(|| and_list(text));
    let mut list = AuthorList::default();
    let mut at = 0;
    let mut form: Option<Form> = None;
    while at < tokens.len() && list.authors.len() < 200 {
        let token = tokens[at];
        if is_joiner(token.core) && !list.authors.is_empty() {
            at += 1;
            continue;
        }
        if matches!(token.core, "et" | "et.")
            && tokens.get(at + 1).is_some_and(|next| next.core.trim_end_matches('.') == "al")
        {
            list.end = tokens[at + 1].end;
            return list;
        }
        if matches!(token.core, "others" | "al" | "al." | "colleagues") && !list.authors.is_empty() {
            list.end = token.end;
            return list;
        }
        let order = form.into_iter().chain(FORMS.into_iter().filter(|f| Some(*f) != form && compatible(form, *f)));
        let Some((used_form, taken)) = order
            .into_iter()
            .find_map(|f| take(f, &tokens[at..], !list.authors.is_empty(), &full_names, usual).map(|t| (f, t)))
        else {
            break;
        };
        form = form.or(Some(used_form));
        list.form = form;
        at += taken.used;
        list.end = tokens[at - 1].end;
        list.authors.push(taken.author);
        if taken.last {
            break;
        }
    }
    list
}

/// Whether a list that began in one form may go on in the other ("Muster, A. and B. Probe").
fn compatible(begun: Option<Form>, next: Form) -> bool {
    match begun {
        None => true,
        Some(Form::FamilyCommaInitials | Form::FamilyCommaGiven) => next != Form::FamilyInitials,
        Some(Form::GivenFamily) => next == Form::InitialsFamily,
        Some(Form::InitialsFamily) => false,
        Some(Form::FamilyInitials) => false,
    }
}

fn read_ideographic(text: &str) -> AuthorList {
    let end = text.find(['.', '．', '。', ':', '：', '(', '（']).unwrap_or(0);
    let authors: Vec<Author> = text[..end]
        .split([',', '，', '、', ';', '；'])
        .map(|part| part.trim().trim_end_matches('等'))
        .filter(|part| (1..=6).contains(&part.chars().count()))
        .filter_map(|part| names::parse(part, NameOrder::GivenFirst))
        .collect();
    AuthorList { end: if authors.is_empty() { 0 } else { end }, authors, form: None }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive(char::is_whitespace).take(1200) {
        let word = part.trim_end();
        let end = start + word.len();
        if !word.is_empty() {
            let core = word.trim_end_matches([',', ';', ':']);
            out.push(Token { end, core, tail: &word[core.len()..] });
        }
        start += part.len();
    }
    out
}

fn is_joiner(core: &str) -> bool {
    matches!(core, "and" | "&" | "und" | "et" | "y" | "/" | "e" | "&amp;" | "...," | "…" | "..." | "og" | "och" | "en")
}

/// "J.", "J.-P.", "JA", "A.B."
fn is_initials(core: &str, dotted: bool) -> bool {
    let mut letters = 0;
    for c in core.chars() {
        if c.is_alphabetic() {
            if !c.is_uppercase() {
                return core.len() <= 4
                    && core.ends_with('.')
                    && letters >= 1
                    && core.chars().filter(|c| c.is_alphabetic()).count() <= 2;
            }
            letters += 1;
        } else if !matches!(c, '.' | '-' | '‐' | '–' | '’' | '\'') {
            return false;
        }
    }
    (1..=4).contains(&letters) && (!dotted || core.contains('.') || letters == 1)
}

/// A capitalised word of letters, as in names.
fn is_name_word(core: &str) -> bool {
    let mut chars = core.chars();
    let first = chars.next();
    first.is_some_and(char::is_uppercase)
        && core.chars().count() >= 2
        && core.chars().all(|c| c.is_alphabetic() || "-‐–’'´`ʼ".contains(c))
}

fn is_particle(core: &str) -> bool {
    PARTICLES.contains(&core) || matches!(core, "d’" | "d'")
}

/// Words of a family name at the start: particles, then one to three words without punctuation between them.
fn family(tokens: &[Token], most: usize) -> Option<usize> {
    let mut used = 0;
    let mut words = 0;
    while used < tokens.len() && used < 5 {
        let token = tokens[used];
        if is_particle(token.core)
            || (words > 0 || tokens.get(used + 1).is_some())
                && matches!(token.core, "De" | "Van" | "Von" | "Di" | "La" | "Le" | "El" | "Da" | "Dos")
                && token.tail.is_empty()
        {
            used += 1;
        } else if is_name_word(token.core) && words < most {
            words += 1;
            used += 1;
        } else {
            break;
        }
        if !token.tail.is_empty() {
            break;
        }
    }
    (words > 0).then_some(used)
}

fn join(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.core).collect::<Vec<_>>().join(" ")
}

fn person(family: &str, given: &str) -> Option<Author> {
    names::from_parts(family, given)
}

fn suffix_len(tokens: &[Token]) -> usize {
    usize::from(
        tokens
            .first()
            .is_some_and(|token| matches!(token.core, "Jr" | "Jr." | "Sr" | "Sr." | "III" | "II" | "3rd" | "2nd")),
    )
}

fn take(
    form: Form,
    tokens: &[Token],
    inside: bool,
    full_names: &dyn std::ops::Deref<Target = bool>,
    usual: Option<Form>,
) -> Option<Taken> {
    match form {
        Form::FamilyInitials => family_initials(tokens),
        Form::FamilyCommaInitials => family_comma_initials(tokens),
        Form::InitialsFamily => initials_family(tokens, inside || usual == Some(Form::InitialsFamily) || **full_names),
        Form::FamilyCommaGiven => family_comma_given(tokens, inside),
        Form::GivenFamily => given_family(tokens, inside, full_names, usual == Some(Form::GivenFamily)),
    }
}

fn family_initials(tokens: &[Token]) -> Option<Taken> {
    for most in (1..=3).rev() {
        let used = family(tokens, most)?;
        if !tokens[used - 1].tail.is_empty() {
            continue;
        }
        let Some(next) = tokens.get(used) else { continue };
        let core = next.core.trim_end_matches('.');
        let plain = !core.contains('.');
        if is_initials(core, false) && core.chars().filter(|c| c.is_alphabetic()).count() <= 4 {
            let mut all = used + 1;
            let mut given = core.to_owned();
            // "Muster A. B.," goes on with another initial.
            while tokens[all - 1].tail.is_empty()
                && next.core.ends_with('.')
                && let Some(more) =
                    tokens.get(all).filter(|more| more.core.contains('.') && is_initials(more.core, true))
            {
                given.push(' ');
                given.push_str(more.core);
                all += 1;
            }
            let suffix = if tokens[all - 1].tail.is_empty() { suffix_len(&tokens[all..]) } else { 0 };
            all += suffix;
            let end = tokens[all - 1];
            let dotted = end.core.ends_with('.') && plain && all == used + 1;
            let goes_on = tokens.get(all).is_some_and(|next| is_joiner(next.core) || next.core == "et");
            if end.tail.is_empty()
                && !end.core.ends_with('.')
                && !goes_on
                && tokens.get(all).is_some_and(|next| is_name_word(next.core.trim_end_matches('.')))
            {
                // "Anna B Muster, …": a given name and an initial before the family name.
                return None;
            }
            let last = end.tail.contains(':') || (dotted && end.tail.is_empty() || end.tail.is_empty()) && !goes_on;
            return Some(Taken { author: person(&join(&tokens[..used]), &given)?, used: all, last });
        }
    }
    None
}

fn family_comma_initials(tokens: &[Token]) -> Option<Taken> {
    let used = family(tokens, 3)?;
    if tokens[used - 1].tail != "," {
        return None;
    }
    let mut all = used;
    let mut given = String::new();
    while all < tokens.len() && all - used < 5 && is_initials(tokens[all].core, true) {
        if !given.is_empty() {
            given.push(' ');
        }
        given.push_str(tokens[all].core);
        all += 1;
        if !tokens[all - 1].tail.is_empty() {
            break;
        }
    }
    if all == used {
        return None;
    }
    // "Voorbeeld, J. van der"
    while all < tokens.len()
        && is_particle(tokens[all].core)
        && tokens[all - 1].tail.is_empty()
        && !is_joiner(tokens[all].core)
    {
        all += 1;
    }
    all += suffix_len(&tokens[all..]);
    let last = tokens[all - 1].tail.contains(':');
    Some(Taken { author: person(&join(&tokens[..used]), &given)?, used: all, last })
}

fn initials_family(tokens: &[Token], undotted: bool) -> Option<Taken> {
    let mut at = 0;
    while at < tokens.len()
        && at < 5
        && is_initials(tokens[at].core, !undotted)
        && tokens[at].core.len() <= 8
        && tokens[at].tail.is_empty()
    {
        at += 1;
    }
    if at == 0 {
        return None;
    }
    let used = family_with_stop(&tokens[at..])?;
    let last_token = tokens[at + used - 1];
    let mut core = join(&tokens[at..at + used]);
    let stopped = core.ends_with('.');
    if stopped {
        core.pop();
    }
    let all = at + used + if last_token.tail == "," && !stopped { suffix_len(&tokens[at + used..]) } else { 0 };
    let goes_on =
        tokens.get(all).is_some_and(|next| is_joiner(next.core) || next.core == "et" || next.core.starts_with('('));
    let separated = tokens[all - 1].tail.contains([',', ';']);
    Some(Taken { author: person(&core, &join(&tokens[..at]))?, used: all, last: !(separated || goes_on) || stopped })
}

/// A family name whose last word may carry the full stop that ends the list.
fn family_with_stop(tokens: &[Token]) -> Option<usize> {
    if let Some(used) = family(tokens, 2) {
        if tokens[used - 1].tail.is_empty()
            && used < 3
            && let Some(next) = tokens.get(used)
            && next.core.ends_with('.')
            && is_name_word(next.core.trim_end_matches('.'))
            && next.core.len() > 3
            && is_particle(tokens[used - 1].core)
        {
            return Some(used + 1);
        }
        return Some(used);
    }
    let particles = tokens.iter().take_while(|token| is_particle(token.core)).count();
    let token = tokens.get(particles)?;
    (token.core.ends_with('.') && is_name_word(token.core.trim_end_matches('.')) && token.core.len() > 3)
        .then_some(particles + 1)
}

fn family_comma_given(tokens: &[Token], inside: bool) -> Option<Taken> {
    let used = family(tokens, 3)?;
    if tokens[used - 1].tail != "," {
        return None;
    }
    let mut all = used;
    while all < tokens.len() && all - used < 4 {
        let core = tokens[all].core.trim_end_matches('.');
        if !(is_name_word(core) || is_initials(tokens[all].core, true)) {
            break;
        }
        all += 1;
        if !tokens[all - 1].tail.is_empty() || tokens[all - 1].core.ends_with('.') && core.len() > 2 {
            break;
        }
    }
    if all == used {
        return None;
    }
    let end = tokens[all - 1];
    let next = tokens.get(all).map_or("", |token| token.core);
    let joined = is_joiner(next)
        || next == "et"
        || next.starts_with('(') && next.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    let stopped = end.core.ends_with('.') && end.core.trim_end_matches('.').len() > 1;
    let fine = end.tail.contains(';') || end.tail.contains(':') || joined || stopped || inside && end.tail == ",";
    fine.then_some(())?;
    // "Anna Muster, Bert Probe, and …" has two full names, not a family and a given name.
    let plain = tokens[..used].iter().filter(|token| is_name_word(token.core) && !is_particle(token.core)).count();
    if plain >= 2
        && all - used >= 2
        && !end.tail.contains(';')
        && !tokens[..used].iter().any(|token| is_particle(token.core))
    {
        return None;
    }
    let given = join(&tokens[used..all]);
    let last = !(joined || end.tail.contains([';', ',']));
    Some(Taken { author: person(&join(&tokens[..used]), given.trim_end_matches('.'))?, used: all, last })
}

/// Words with which titles begin and names do not.
const TITLE_OPENERS: &[&str] = &[
    "The",
    "A",
    "An",
    "On",
    "In",
    "Towards",
    "Toward",
    "How",
    "What",
    "Why",
    "For",
    "Is",
    "Are",
    "Learning",
    "Deep",
    "New",
    "From",
    "Using",
    "Introduction",
    "Effect",
    "Effects",
    "Analysis",
    "World",
    "National",
    "International",
    "European",
    "American",
    "Handbook",
];

fn given_family(
    tokens: &[Token],
    inside: bool,
    full_names: &dyn std::ops::Deref<Target = bool>,
    usual: bool,
) -> Option<Taken> {
    let mut used = 0;
    let mut stopped = false;
    while used < tokens.len() && used < 6 {
        let token = tokens[used];
        let core = token.core.trim_end_matches('.');
        let initial = is_initials(token.core, used == 0);
        if !(is_name_word(core) || initial || used > 0 && is_particle(token.core) && !is_joiner(token.core)) {
            break;
        }
        used += 1;
        stopped = token.core.ends_with('.') && !initial;
        if !token.tail.is_empty() || stopped {
            break;
        }
    }
    if used < 2 || TITLE_OPENERS.contains(&tokens[0].core) {
        return None;
    }
    let end = tokens[used - 1];
    let next = tokens.get(used).map_or("", |token| token.core);
    let year_next = next.trim_start_matches(['(', '[']).bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
    let joined = is_joiner(next) || next == "et";
    let fine = if inside {
        end.tail.contains([',', ';']) || joined || stopped || year_next
    } else {
        (stopped || end.tail.is_empty()) && year_next
            || usual && stopped && used <= 4 && tokens.len() > used + 3
            || joined && **full_names
            || end.tail == "," && **full_names
    };
    if !fine || is_initials(end.core, true) && end.core.len() <= 2 {
        return None;
    }
    let whole = join(&tokens[..used]);
    let author = names::parse(whole.trim_end_matches('.'), NameOrder::GivenFirst)?;
    let last = stopped || end.tail.contains(':') || !(joined || end.tail.contains([',', ';']));
    (!author.single).then_some(Taken { author, used, last })
}

/// Whether the beginning reads like a list of full names: "…, … and …. Title" or "… and …. Title".
fn and_list(text: &str) -> bool {
    let head: String = text.chars().take(400).collect();
    let Some(stop) = head
        .match_indices(". ")
        .map(|(at, _)| at)
        .find(|&at| head[..at].rsplit([' ', '.']).next().is_some_and(|word| word.chars().count() > 2))
    else {
        return false;
    };
    let names = &head[..stop];
    let small = names
        .split_whitespace()
        .filter(|word| word.chars().next().is_some_and(char::is_lowercase) && !is_particle(word) && !is_joiner(word))
        .count();
    small == 0 && (names.contains(" and ") || names.contains(" & ") || names.matches(',').count() >= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, families: &[&str], rest: &str) {
        let list = read(text, None);
        let found: Vec<&str> = list.authors.iter().map(|author| author.family.as_str()).collect();
        assert_eq!(found, families, "{text}");
        assert!(text[list.end..].trim_start().starts_with(rest), "{text}: rest is {:?}", &text[list.end..]);
    }

    #[test]
    fn family_names_with_plain_initials() {
        check(
            "Muster A, Probe BC, van der Voorbeeld J. Slow mixing. J Basins.",
            &["Muster", "Probe", "van der Voorbeeld"],
            "Slow",
        );
        check("Muster A, Probe BC, et al. Slow mixing.", &["Muster", "Probe"], "Slow");
    }

    #[test]
    fn family_names_with_dotted_initials() {
        check(
            "Muster, A., Probe, B. C., & Esempio, C. (2031). Slow mixing.",
            &["Muster", "Probe", "Esempio"],
            "(2031)",
        );
        check("Muster, A.B.; Probe, C. Slow mixing. J. Basins 2031", &["Muster", "Probe"], "Slow");
    }

    #[test]
    fn initials_before_family_names() {
        check(
            "A. Muster, B. C. Probe, and C. Esempio, “Slow mixing,” Basins",
            &["Muster", "Probe", "Esempio"],
            "“Slow",
        );
        check("A. Muster and B. Probe. Slow mixing. In Basins", &["Muster", "Probe"], "Slow");
    }

    #[test]
    fn full_names() {
        check(
            "Anna Muster, Bert Probe, and Chiara Esempio. 2031. Slow mixing. In Basins",
            &["Muster", "Probe", "Esempio"],
            "2031",
        );
        check("Muster, Anna; Probe, Bert (2031): Slow mixing.", &["Muster", "Probe"], "(2031)");
    }

    #[test]
    fn a_title_without_authors_gives_no_names() {
        check("The handbook of inlets. Ghent: Probe Press, 2031.", &[], "The");
        check("Deep Water Handbook. 2031.", &[], "Deep");
    }
}
