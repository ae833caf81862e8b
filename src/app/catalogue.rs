//! The in-memory list of one library: sorting, filtering, counting without touching the store.
//!
//! Derived from the store when a library is first opened, then kept current by the change log. Rows live in slots; each sort
//! order in use is a vector of slots, changed by binary search, so that one new paper among 100,000 costs microseconds.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

pub use super::catalogue_row::DOUBT_BELOW;
use super::catalogue_row::{KeptRow, Row, fold};
pub use super::list_query::{CollectionFilter, ListQuery, SortColumn};
use super::sort_keys::SortKeys;
use super::work_index::{self, WorkIndex};
use crate::domain::ids::{Key, Version};
use crate::domain::item::{Item, ReadState};
use crate::domain::works::Work;

/// Counts for the sidebar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Papers outside the trash.
    pub total: usize,
    /// Papers in the trash.
    pub trash: usize,
    /// Papers in no collection.
    pub unfiled: usize,
    /// Papers with a doubtful field.
    pub doubtful: usize,
    /// Papers per collection.
    pub collections: BTreeMap<Key, usize>,
    /// Papers per tag.
    pub tags: BTreeMap<String, usize>,
}

/// Of each slot: whether a paper is in it, and of that paper, whether it is in the trash and whether it is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Marks {
    taken: bool,
    trashed: bool,
    doubtful: bool,
}

/// An item as the list keeps it, made apart from the list: most of the work of opening a library is here.
pub struct Entry {
    key: Key,
    part: Part,
}

enum Part {
    Paper(Row),
    Child { parent: Key, child: Option<Child> },
}

impl Marks {
    fn of(row: &Row) -> Self {
        Self { taken: true, trashed: row.trashed, doubtful: row.doubtful }
    }
}

impl Entry {
    /// What the list keeps of an item.
    #[must_use]
    pub fn of(item: &Item, sort_keys: &SortKeys) -> Self {
        let part = match item.parent {
            Some(parent) => {
                let state = item.file.as_ref().map(|file| file.state);
                let child = (item.item_type == "attachment").then_some(Child { key: item.key, state });
                Part::Child { parent, child }
            }
            None => Part::Paper(Row::of(item, sort_keys)),
        };
        Self { key: item.key, part }
    }
}

/// The list of one library at one version.
pub struct Catalogue {
    version: Version,
    sort_keys: Arc<SortKeys>,
    slots: Vec<Option<Row>>,
    /// What most lists ask of a row, beside the rows, so that 100,000 of them are passed in a fraction of a millisecond.
    marks: Vec<Marks>,
    free: Vec<u32>,
    by_key: HashMap<Key, u32>,
    orders: HashMap<SortColumn, Vec<u32>>,
    /// From the first time that it is asked for.
    works: Option<WorkIndex>,
    words: HashSet<Arc<str>>,
    children: HashMap<Key, Vec<Child>>,
    parents: HashMap<Key, Key>,
    /// The version that is kept on the disk.
    kept_version: Version,
}

/// What the list knows of an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// Its key.
    pub key: Key,
    /// How far the reader got with it.
    pub state: Option<ReadState>,
}

impl Catalogue {
    /// An empty list.
    #[must_use]
    pub fn new(sort_keys: Arc<SortKeys>) -> Self {
        Self {
            version: Version::default(),
            sort_keys,
            slots: Vec::new(),
            marks: Vec::new(),
            free: Vec::new(),
            by_key: HashMap::new(),
            orders: HashMap::new(),
            works: None,
            words: HashSet::new(),
            children: HashMap::new(),
            parents: HashMap::new(),
            kept_version: Version::default(),
        }
    }

    /// What makes its sort keys.
    #[must_use]
    pub fn sort_keys(&self) -> Arc<SortKeys> {
        Arc::clone(&self.sort_keys)
    }

    /// The library's version that the list shows.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Says that all changes up to `version` are in.
    pub fn set_version(&mut self, version: Version) {
        self.version = self.version.max(version);
    }

    /// The version that is kept on the disk; 0 if none is.
    #[must_use]
    pub fn kept_version(&self) -> Version {
        self.kept_version
    }

    /// Says that the list at `version` is kept on the disk.
    pub fn set_kept_version(&mut self, version: Version) {
        self.kept_version = version;
    }

    /// How many papers it has, those in the trash too.
    #[must_use]
    pub fn paper_count(&self) -> usize {
        self.by_key.len()
    }

    /// All rows, and the orders in use as numbers of these rows.
    pub(super) fn kept(&self) -> (Vec<KeptRow<'_>>, Vec<(SortColumn, Vec<u32>)>) {
        let mut numbers = vec![0; self.slots.len()];
        let mut rows = Vec::with_capacity(self.by_key.len());
        for (number, row) in numbers.iter_mut().zip(&self.slots) {
            *number = rows.len() as u32;
            rows.extend(row.as_ref().map(Row::as_kept));
        }
        let renumbered = |order: &Vec<u32>| order.iter().map(|slot| numbers[*slot as usize]).collect();
        (rows, self.orders.iter().map(|(column, order)| (*column, renumbered(order))).collect())
    }

    /// Fills the empty list with what [`Catalogue::kept`] gave; `false` if that does not fit together.
    pub(super) fn take_kept(&mut self, rows: Vec<KeptRow<'_>>, orders: HashMap<SortColumn, Vec<u32>>) -> bool {
        self.slots.reserve(rows.len());
        self.by_key.reserve(rows.len());
        for kept in rows {
            let row = Row::of_kept(kept, |word| self.intern(word));
            self.by_key.insert(row.key, self.slots.len() as u32);
            self.marks.push(Marks::of(&row));
            self.slots.push(Some(row));
        }
        self.orders = orders;
        let count = self.slots.len();
        let is_order = |order: &Vec<u32>| order.len() == count && order.iter().all(|slot| (*slot as usize) < count);
        self.by_key.len() == count && self.orders.values().all(is_order)
    }

    /// All attachments with their papers.
    pub(super) fn all_children(&self) -> impl Iterator<Item = (Key, &Child)> {
        self.children.iter().flat_map(|(parent, children)| children.iter().map(|child| (*parent, child)))
    }

    /// The attachments of a paper, oldest key first.
    #[must_use]
    pub fn children(&self, parent: Key) -> &[Child] {
        self.children.get(&parent).map_or(&[], Vec::as_slice)
    }

    /// Takes an item in, in place of the one with its key.
    pub fn put(&mut self, item: &Item) {
        let entry = Entry::of(item, &self.sort_keys);
        self.put_entry(entry);
    }

    /// Takes in what was made of an item, in place of the one with its key.
    pub fn put_entry(&mut self, entry: Entry) {
        let Entry { key, part } = entry;
        self.remove_child(key);
        self.remove_row(key);
        let row = match part {
            Part::Paper(row) => self.share_words(row),
            Part::Child { parent, child } => {
                if let Some(child) = child {
                    self.put_child(parent, child);
                }
                return;
            }
        };
        let marks = Marks::of(&row);
        let handles = row.handles;
        let slot = match self.free.pop() {
            Some(slot) => {
                (self.slots[slot as usize], self.marks[slot as usize]) = (Some(row), marks);
                slot
            }
            None => {
                self.slots.push(Some(row));
                self.marks.push(marks);
                u32::try_from(self.slots.len() - 1).expect("fewer than 4 billion papers")
            }
        };
        self.by_key.insert(key, slot);
        if let Some(works) = &mut self.works {
            works.add(slot, handles);
        }
        let slots = &self.slots;
        for (column, order) in &mut self.orders {
            let at = order.partition_point(|other| less(slots, *column, *other, slot));
            order.insert(at, slot);
        }
    }

    /// Takes in an attachment that is not there yet.
    pub fn put_child(&mut self, parent: Key, child: Child) {
        self.parents.insert(child.key, parent);
        self.children.entry(parent).or_default().push(child);
    }

    /// Takes an item out.
    pub fn remove(&mut self, key: Key) {
        self.remove_child(key);
        self.remove_row(key);
        self.children.remove(&key);
    }

    /// The keys of a window of the list, and how long the whole list is.
    pub fn list(&mut self, query: &ListQuery, offset: usize, limit: usize) -> (Vec<Key>, usize) {
        let needles = fold(&query.words);
        let needles: Vec<&str> = needles.split_whitespace().collect();
        let order = self.order(query.sort);
        // First all rows where they lie, then their order: a row for a row in order would be a cache miss for each.
        let fits: Vec<bool> = if needles.is_empty() && query.asks_for_marks_only() {
            let wanted =
                |marks: &Marks| marks.taken && marks.trashed == query.trash && (!query.doubtful || marks.doubtful);
            self.marks.iter().map(wanted).collect()
        } else {
            self.slots.iter().map(|row| row.as_ref().is_some_and(|row| row.matches(query, &needles))).collect()
        };
        let total = fits.iter().filter(|fits| **fits).count();
        let order = self.orders[&order].iter();
        let window = |order: &mut dyn Iterator<Item = &u32>| {
            let slots = order.map(|slot| *slot as usize).filter(|slot| fits[*slot]).skip(offset).take(limit);
            slots.filter_map(|slot| self.slots[slot].as_ref()).map(|row| row.key).collect()
        };
        let keys = if query.descending { window(&mut order.rev()) } else { window(&mut { order }) };
        (keys, total)
    }

    /// Counts for the sidebar.
    #[must_use]
    pub fn facets(&self) -> Facets {
        let mut facets = Facets::default();
        let mut tags: HashMap<&Arc<str>, usize> = HashMap::new();
        for row in self.slots.iter().flatten() {
            if row.trashed {
                facets.trash += 1;
                continue;
            }
            facets.total += 1;
            facets.unfiled += usize::from(row.collections.is_empty());
            facets.doubtful += usize::from(row.doubtful);
            for key in &row.collections {
                *facets.collections.entry(*key).or_default() += 1;
            }
            for tag in &row.tags {
                *tags.entry(tag).or_default() += 1;
            }
        }
        facets.tags = tags.into_iter().map(|(tag, count)| (tag.to_string(), count)).collect();
        facets
    }

    /// All papers that are in the collection, those in the trash too.
    #[must_use]
    pub fn keys_in_collection(&self, collection: Key) -> Vec<Key> {
        self.slots.iter().flatten().filter(|row| row.collections.contains(&collection)).map(|row| row.key).collect()
    }

    /// Papers outside the trash that may be of this work, because a handle is the same; whether they are is for the caller
    /// to see.
    pub fn candidates(&mut self, work: &Work) -> Vec<Key> {
        let slots = &self.slots;
        let works = self.works.get_or_insert_with(|| {
            let rows = (0..).zip(slots).filter_map(|(slot, row)| Some((slot, row.as_ref()?.handles)));
            WorkIndex::of(rows)
        });
        let mut found = Vec::new();
        for handle in work_index::hashes(work).into_iter().flatten() {
            let rows = works.rows(handle).filter_map(|slot| slots[slot as usize].as_ref()).filter(|row| !row.trashed);
            found.extend(rows.map(|row| row.key).take(MOST_CANDIDATES));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn order(&mut self, column: SortColumn) -> SortColumn {
        if !self.orders.contains_key(&column) {
            let mut order: Vec<u32> = self.by_key.values().copied().collect();
            let slots = &self.slots;
            order.sort_unstable_by(|a, b| compare(slots, column, *a, *b));
            self.orders.insert(column, order);
        }
        column
    }

    /// Rows hold one copy of each word that many of them have.
    fn share_words(&mut self, mut row: Row) -> Row {
        row.item_type = self.intern(&row.item_type);
        for tag in &mut row.tags {
            *tag = self.intern(tag);
        }
        row
    }

    fn intern(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.words.get(word) {
            return Arc::clone(known);
        }
        let word: Arc<str> = Arc::from(word);
        self.words.insert(Arc::clone(&word));
        word
    }

    fn remove_row(&mut self, key: Key) {
        let Some(slot) = self.by_key.remove(&key) else { return };
        let slots = &self.slots;
        for (column, order) in &mut self.orders {
            let at = order.partition_point(|other| less(slots, *column, *other, slot));
            debug_assert_eq!(order[at], slot);
            order.remove(at);
        }
        if let (Some(works), Some(row)) = (&mut self.works, &self.slots[slot as usize]) {
            works.remove(slot, row.handles);
        }
        (self.slots[slot as usize], self.marks[slot as usize]) = (None, Marks::default());
        self.free.push(slot);
    }

    fn remove_child(&mut self, key: Key) {
        if let Some(parent) = self.parents.remove(&key)
            && let Some(children) = self.children.get_mut(&parent)
        {
            children.retain(|child| child.key != key);
        }
    }
}

/// Papers of one title looked at; a library may hold hundreds with the title "Editorial".
const MOST_CANDIDATES: usize = 32;

fn compare(slots: &[Option<Row>], column: SortColumn, a: u32, b: u32) -> std::cmp::Ordering {
    let (Some(a), Some(b)) = (&slots[a as usize], &slots[b as usize]) else { unreachable!("orders hold live rows") };
    match column {
        SortColumn::Title => a.title.cmp(&b.title),
        SortColumn::Creators => a.creators.cmp(&b.creators),
        SortColumn::Year => a.year.cmp(&b.year),
        SortColumn::Venue => a.venue.cmp(&b.venue),
        SortColumn::Added => a.added.cmp(&b.added),
        SortColumn::Modified => a.modified.cmp(&b.modified),
    }
    .then_with(|| a.title.cmp(&b.title))
    .then_with(|| a.key.cmp(&b.key))
}

fn less(slots: &[Option<Row>], column: SortColumn, a: u32, b: u32) -> bool {
    compare(slots, column, a, b).is_lt()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::item::{Creator, CreatorName};
    use crate::domain::time::Timestamp;

    pub fn paper(n: u64, title: &str, family: &str, year: &str) -> Item {
        let person = CreatorName::Person { given: String::new(), family: family.into() };
        let at = Timestamp(i64::try_from(n).unwrap());
        Item {
            version: Version(n),
            fields: [("title", title), ("date", year)].map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
            creators: vec![Creator { creator_type: "author".into(), name: person }],
            ..Item::blank(Key::from_random(n), "journalArticle", at, None)
        }
    }

    fn catalogue(items: &[Item]) -> Catalogue {
        let mut catalogue = Catalogue::new(Arc::default());
        items.iter().for_each(|item| catalogue.put(item));
        catalogue
    }

    fn titles(catalogue: &mut Catalogue, items: &[Item], query: &ListQuery) -> Vec<String> {
        let (keys, total) = catalogue.list(query, 0, 100);
        assert_eq!(keys.len(), total);
        let title = |key: &Key| items.iter().rfind(|item| item.key == *key).unwrap().field("title").to_owned();
        keys.iter().map(title).collect()
    }

    fn by(sort: SortColumn) -> ListQuery {
        ListQuery { sort, descending: false, ..ListQuery::default() }
    }

    #[test]
    fn each_column_sorts_and_a_change_moves_the_row() {
        let mut items = vec![
            paper(1, "The Brook", "Zander", "2019"),
            paper(2, "Árbol", "Young", "2021"),
            paper(3, "cove", "Xu", "2020"),
        ];
        let mut list = catalogue(&items);
        assert_eq!(titles(&mut list, &items, &by(SortColumn::Title)), ["Árbol", "The Brook", "cove"]);
        assert_eq!(titles(&mut list, &items, &by(SortColumn::Creators)), ["cove", "Árbol", "The Brook"]);
        assert_eq!(titles(&mut list, &items, &by(SortColumn::Year)), ["The Brook", "cove", "Árbol"]);
        items[2].fields.insert("title".into(), "Alcove".into());
        list.put(&items[2]);
        assert_eq!(titles(&mut list, &items, &by(SortColumn::Title)), ["Alcove", "Árbol", "The Brook"]);
        list.remove(items[0].key);
        assert_eq!(titles(&mut list, &items, &by(SortColumn::Year)), ["Alcove", "Árbol"]);
    }

    #[test]
    fn the_quick_filter_wants_all_words_and_ignores_marks() {
        let items = [paper(1, "Über Straßen", "Łoś", "2019"), paper(2, "Roads", "Meyer", "2019")];
        let mut list = catalogue(&items);
        let query = |words: &str| ListQuery { words: words.into(), ..ListQuery::default() };
        assert_eq!(titles(&mut list, &items, &query("strassen uber")), ["Über Straßen"]);
        assert_eq!(titles(&mut list, &items, &query("2019 mey")), ["Roads"]);
        assert!(titles(&mut list, &items, &query("roads uber")).is_empty());
    }

    #[test]
    fn a_window_has_its_place_and_the_whole_length() {
        let items: Vec<Item> = (0..50).map(|n| paper(n, &format!("Paper {n}"), "A", "2000")).collect();
        let (keys, total) = catalogue(&items).list(&by(SortColumn::Title), 10, 3);
        assert_eq!(total, 50);
        assert_eq!(keys, [items[10].key, items[11].key, items[12].key]);
    }

    #[test]
    fn a_work_is_looked_up_by_what_it_is_known_by() {
        let mut items = [paper(1, "The Brook", "Zander", "2019"), paper(2, "Cove", "Xu", "2020")];
        let mut list = catalogue(&items);
        let brook = Work::of_item(&paper(9, "the brook.", "Somebody", "1900"));
        assert_eq!(list.candidates(&brook), [items[0].key]);
        items[1].fields.insert("title".into(), "The Brook".into());
        list.put(&items[1]);
        assert_eq!(list.candidates(&brook).len(), 2);
        items[0].trashed = true;
        list.put(&items[0]);
        assert_eq!(list.candidates(&brook), [items[1].key]);
        list.remove(items[1].key);
        assert_eq!(list.candidates(&brook), []);
    }

    #[test]
    fn counts_leave_the_trash_out() {
        let mut items = [paper(1, "a", "A", "2000"), paper(2, "b", "B", "2000"), paper(3, "c", "C", "2000")];
        let collection = Key::from_random(99);
        items[0].collections.insert(collection);
        items[0].tags.insert("seen".into());
        items[1].trashed = true;
        items[1].tags.insert("seen".into());
        let facets = catalogue(&items).facets();
        assert_eq!((facets.total, facets.trash, facets.unfiled), (2, 1, 1));
        assert_eq!(facets.collections, [(collection, 1)].into());
        assert_eq!(facets.tags, [("seen".to_owned(), 1)].into());
    }
}
