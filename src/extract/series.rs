//! Names of series and journals that print another name than the one they are known by, or only an address: data.

use super::volume::years_in;

/// What is printed (small letters) and the name; `{year}` stands for the year printed beside it.
const KNOWN_AS: &[(&str, &str)] = &[
    ("proceedings of juliacon", "JuliaCon Proceedings"),
    ("proceedings of the juliacon", "JuliaCon Proceedings"),
    ("pmlr", "Proceedings of Machine Learning Research"),
    ("rescience c ", "ReScience C"),
    ("rsos.royalsocietypublishing.org", "Royal Society Open Science"),
    ("digital humanities im deutschsprachigen raum", "DHd {year}"),
    (
        "proceedings of naacl-hlt ",
        "Proceedings of the {year} Conference of the North American Chapter of the Association for Computational \
         Linguistics: Human Language Technologies",
    ),
    ("thelancet.com/child-adolescent", "The Lancet Child & Adolescent Health"),
    ("thelancet.com/diabetes-endocrinology", "The Lancet Diabetes & Endocrinology"),
    ("thelancet.com/digital-health", "The Lancet Digital Health"),
    ("thelancet.com/gastrohep", "The Lancet Gastroenterology & Hepatology"),
    ("thelancet.com/haematology", "The Lancet Haematology"),
    ("thelancet.com/hiv", "The Lancet HIV"),
    ("thelancet.com/infection", "The Lancet Infectious Diseases"),
    ("thelancet.com/lancetgh", "The Lancet Global Health"),
    ("thelancet.com/microbe", "The Lancet Microbe"),
    ("thelancet.com/neurology", "The Lancet Neurology"),
    ("thelancet.com/oncology", "The Lancet Oncology"),
    ("thelancet.com/planetary-health", "The Lancet Planetary Health"),
    ("thelancet.com/psychiatry", "The Lancet Psychiatry"),
    ("thelancet.com/public-health", "The Lancet Public Health"),
    ("thelancet.com/respiratory", "The Lancet Respiratory Medicine"),
    ("thelancet.com/rheumatology", "The Lancet Rheumatology"),
    ("www.thelancet.com vol", "The Lancet"),
];

/// The name by which what is printed in the text is known.
pub(super) fn known_as(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    KNOWN_AS.iter().find_map(|(printed, name)| {
        let at = lower.find(printed)? + printed.len();
        if !name.contains("{year}") {
            return Some((*name).to_owned());
        }
        let year = years_in(lower.get(at..)?).next()?;
        Some(name.replace("{year}", &year.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_named_as_it_is_known() {
        let dhd = "Abstract zur Konferenz Digital Humanities im deutschsprachigen Raum 2039";
        assert_eq!(known_as(dhd).as_deref(), Some("DHd 2039"));
        assert_eq!(known_as("Tagung Digital Humanities im deutschsprachigen Raum"), None);
        assert_eq!(known_as("www.thelancet.com/oncology Vol 8 February 2041").as_deref(), Some("The Lancet Oncology"));
        assert_eq!(known_as("Journal of Small Basins 12(3)"), None);
    }
}
