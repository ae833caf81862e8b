//! Accents that stand beside their letter, as some typesetting systems print them, put onto it within names.

/// Each accent with letters and what they become under it.
const COMPOSED: &[(char, &str)] = &[
    ('ˇ', "sšSŠcčCČzžZŽrřRŘeěEĚnňNŇdďtť"),
    ('´', "aáAÁeéEÉiíIÍoóOÓuúUÚyýYÝnńNŃsśSŚzźZŹcćCĆıí"),
    ('`', "aàAÀeèEÈiìIÌoòOÒuùUÙıì"),
    ('¨', "aäAÄeëEËiïIÏoöOÖuüUÜıï"),
    ('ˆ', "aâAÂeêEÊiîIÎoôOÔuûUÛıî"),
    ('˜', "aãAÃnñNÑoõOÕ"),
    ('¸', "cçCÇsşSŞtţTŢ"),
    ('˚', "aåAÅuůUŮ"),
    ('˙', "zżZŻ"),
];

/// An accent that stands for itself.
pub(super) fn is_accent(c: char) -> bool {
    COMPOSED.iter().any(|(accent, _)| *accent == c)
}

/// The letter below its accent, for comparing names that are printed in different ways.
pub(super) fn plain(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    for (_, pairs) in COMPOSED {
        let mut pairs = pairs.chars();
        while let (Some(plain), Some(composed)) = (pairs.next(), pairs.next()) {
            if composed == letter {
                return plain;
            }
        }
    }
    match letter {
        'ø' => 'o',
        'Ø' => 'O',
        'ł' => 'l',
        'Ł' => 'L',
        'ı' => 'i',
        'ą' => 'a',
        'ę' => 'e',
        'ğ' => 'g',
        'ş' => 's',
        other => other,
    }
}

fn compose(accent: char, letter: char) -> Option<char> {
    let (_, pairs) = COMPOSED.iter().find(|(known, _)| *known == accent)?;
    let mut pairs = pairs.chars();
    while let (Some(plain), Some(composed)) = (pairs.next(), pairs.next()) {
        if plain == letter {
            return Some(composed);
        }
    }
    None
}

/// "Du ˇ sek" becomes "Dušek": an accent goes onto the letter behind it, and with it the spaces within a word; one that
/// fits no letter is dropped.
pub(super) fn mend(text: &str) -> Option<String> {
    if !text.contains(is_accent) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if !is_accent(c) {
            out.push(c);
            continue;
        }
        let spaced = rest.peek().is_some_and(|next| next.is_whitespace());
        let mut behind = rest.clone();
        while behind.next_if(|next| next.is_whitespace()).is_some() {}
        let Some(composed) = behind.next().and_then(|letter| compose(c, letter)) else { continue };
        let inside = composed.is_lowercase() && out.trim_end().ends_with(char::is_alphabetic);
        if inside && (spaced || !out.ends_with(' ')) {
            out.truncate(out.trim_end().len());
        }
        out.push(composed);
        rest = behind;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_goes_onto_the_letter_behind_it() {
        assert_eq!(mend("Ondra Du ˇ sek").as_deref(), Some("Ondra Dušek"));
        assert_eq!(mend("Mojca ˇ Cep").as_deref(), Some("Mojca Čep"));
        assert_eq!(mend("Garc´ıa Pe˜na").as_deref(), Some("García Peña"));
    }

    #[test]
    fn an_accent_without_a_letter_is_dropped() {
        assert_eq!(mend("Raquel Hervas´").as_deref(), Some("Raquel Hervas"));
        assert_eq!(mend("Anna Muster"), None);
    }
}
