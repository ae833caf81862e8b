//! Four papers that do not exist. All words are our own.

/// What a paper says.
#[derive(Debug, Clone, Copy)]
pub struct Paper {
    pub title: &'static str,
    /// Given and family names.
    pub authors: &'static [(&'static str, &'static str)],
    pub doi: &'static str,
    pub year: u16,
    seed: usize,
}

/// A cited work.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    pub family: &'static str,
    pub initial: &'static str,
    pub title: &'static str,
    pub venue: &'static str,
    pub numbers: &'static str,
    pub year: u16,
    pub doi: &'static str,
}

/// The papers.
pub fn papers() -> [Paper; 4] {
    let paper = |title, authors, doi, year, seed| Paper { title, authors, doi, year, seed };
    [
        paper(
            "Slow mixing of fresh water in a tidal inlet",
            &[("Anna", "Muster"), ("Bert", "Probe")],
            "10.5555/jsb.2031.211",
            2031,
            0,
        ),
        paper(
            "Counting what readers skip: attention on long reference lists",
            &[("Chiara", "Esempio"), ("Jose", "Ejemplo"), ("Dina", "Voorbeeld")],
            "10.5555/reads.2029.17",
            2029,
            5,
        ),
        paper(
            "A cheap probe for brackish water and how it ages",
            &[("Bert A.", "Probe"), ("Eva", "Priklad")],
            "10.5555/probes.2033.004",
            2033,
            9,
        ),
        paper(
            "Why small archives keep large ledgers",
            &[("Dina", "Voorbeeld"), ("Anna", "Muster"), ("Chiara", "Esempio"), ("Bert", "Probe")],
            "10.5555/ledger.2027.88",
            2027,
            13,
        ),
    ]
}

const SENTENCES: [&str; 16] = [
    "The upper layer freshens within minutes after the rain while the lower layer needs hours.",
    "We took one reading every hour for three weeks and changed none of them by hand.",
    "A model with one number cannot describe what we saw on the last two days.",
    "The cost of the whole set was below that of a single probe from a shop.",
    "On both days the wind turned, and the water was pressed against the shore.",
    "Readers who wish to use the method on a lake should check the depth first.",
    "The largest error comes from the place of the float in a strong current.",
    "It fell again when the gate of the upper basin was opened for repair.",
    "A second sensor of the same kind stood forty metres away as a control.",
    "The two series agree within the error of the method except in heavy rain.",
    "Each reading was stored together with the height of the tide.",
    "A small group can build it in one afternoon with tools that most workshops own.",
    "That difference is expected from the distance between the gate and the sensor.",
    "For our purpose only the sign of the difference matters, not its size.",
    "The keeper of the gate gave us the times of opening to the nearest minute.",
    "Future work should place three floats in a line across the mouth of the inlet.",
];

/// Where the authors work, in turn.
pub const PLACES: [&str; 2] = [
    "Institute of Inlets, University of Beispielstadt, Germany",
    "Department of Probes, Muestra College, Ghent, Belgium",
];

const WORKS: [Work; 7] = [
    Work {
        family: "Muster",
        initial: "A.",
        title: "Electrodes in moving water",
        venue: "Journal of Small Basins",
        numbers: "4(2), 17-29",
        year: 2019,
        doi: "10.5555/basins.2019.017",
    },
    Work {
        family: "Probe",
        initial: "B.",
        title: "Counting rain on a coast without wind",
        venue: "Annals of Weather",
        numbers: "11(1), 1-9",
        year: 2015,
        doi: "",
    },
    Work {
        family: "Esempio",
        initial: "C.",
        title: "Gates and tides in two small harbours",
        venue: "Coastal Letters",
        numbers: "7(3), 101-118",
        year: 2018,
        doi: "10.5555/coast.2018.101",
    },
    Work {
        family: "Ejemplo",
        initial: "J.",
        title: "What the eye leaves out",
        venue: "Reading Studies",
        numbers: "3(4), 44-51",
        year: 2012,
        doi: "",
    },
    Work {
        family: "Voorbeeld",
        initial: "D.",
        title: "A ledger of the upper basin",
        venue: "Archives Quarterly",
        numbers: "21(2), 211-240",
        year: 2009,
        doi: "10.5555/aq.2009.211",
    },
    Work {
        family: "Priklad",
        initial: "E.",
        title: "How probes age in salt water",
        venue: "Sensors and Tides",
        numbers: "15(6), 77-90",
        year: 2021,
        doi: "10.5555/st.2021.077",
    },
    Work {
        family: "Sample",
        initial: "F.",
        title: "Measuring slow currents with cheap floats",
        venue: "Journal of Small Basins",
        numbers: "6(1), 5-16",
        year: 2020,
        doi: "",
    },
];

impl Paper {
    /// Running text; other numbers give other sentences.
    pub fn sentences(&self, from: usize, count: usize) -> String {
        (0..count).map(|n| SENTENCES[(self.seed + from * 3 + n * 5) % SENTENCES.len()]).collect::<Vec<_>>().join(" ")
    }

    /// The abstract.
    pub fn summary(&self) -> String {
        self.sentences(0, 4)
    }

    /// Headings in order.
    pub fn sections(&self) -> [&'static str; 4] {
        ["Introduction", "Methods", "Results", "Discussion"]
    }

    /// The institution of each author in turn.
    pub fn affiliations(&self) -> impl Iterator<Item = &'static str> {
        (0..self.authors.len()).map(|n| PLACES[n % 2])
    }

    /// The works cited.
    pub fn works(&self) -> Vec<Work> {
        WORKS.into_iter().cycle().skip(self.seed).take(6).collect()
    }

    /// "Given Family" of each author.
    pub fn names(&self) -> Vec<String> {
        self.authors.iter().map(|(given, family)| format!("{given} {family}")).collect()
    }

    /// As a line with "and".
    pub fn joined_names(&self) -> String {
        let names = self.names();
        let (last, first) = names.split_last().unwrap();
        format!("{} and {last}", first.join(", "))
    }

    /// As a line with a raised number behind each.
    pub fn marked_names(&self) -> String {
        let marked =
            self.names().iter().enumerate().map(|(n, name)| format!("{name}^{}", n % 2 + 1)).collect::<Vec<_>>();
        marked.join(", ").replace(", ", " , ")
    }
}
