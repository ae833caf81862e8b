//! The model that the other engines are compared with: an ordered map, copied whole at each commit.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard};

use super::engine::{Direction, Durability, Engine, EngineRead, EngineWrite, Entry, KeyRange, Snapshot};
use super::error::Result;
use super::tables::Table;

type Map = BTreeMap<(Table, Vec<u8>), Vec<u8>>;

/// A database that is a map.
#[derive(Default)]
pub(crate) struct MemoryEngine {
    committed: Mutex<Arc<Map>>,
    writer: Mutex<()>,
}

impl MemoryEngine {
    fn now(&self) -> Arc<Map> {
        Arc::clone(&self.committed.lock().unwrap())
    }
}

impl Engine for MemoryEngine {
    fn read(&self) -> Result<Box<dyn Snapshot>> {
        Ok(Box::new(MemorySnapshot(self.now())))
    }

    fn write(&self) -> Result<Box<dyn EngineWrite + '_>> {
        let guard = self.writer.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(Box::new(MemoryWrite { map: (*self.now()).clone(), engine: self, _guard: guard }))
    }

    fn reopen(&mut self) -> Result<()> {
        Ok(())
    }

    fn check_integrity(&mut self) -> Result<bool> {
        Ok(true)
    }
}

struct MemorySnapshot(Arc<Map>);

struct MemoryWrite<'e> {
    map: Map,
    engine: &'e MemoryEngine,
    _guard: MutexGuard<'e, ()>,
}

fn scan(map: &Map, table: Table, range: &KeyRange, direction: Direction, limit: usize) -> Vec<Entry> {
    let inside = |key: &Vec<u8>| {
        (match &range.from {
            Bound::Included(from) => key >= from,
            Bound::Excluded(from) => key > from,
            Bound::Unbounded => true,
        }) && (match &range.to {
            Bound::Included(to) => key <= to,
            Bound::Excluded(to) => key < to,
            Bound::Unbounded => true,
        })
    };
    let entries = map.iter().filter(|((of, key), _)| *of == table && inside(key));
    let entry = |((_, key), value): (&(Table, Vec<u8>), &Vec<u8>)| (key.clone(), value.clone());
    match direction {
        Direction::Up => entries.take(limit).map(entry).collect(),
        Direction::Down => entries.rev().take(limit).map(entry).collect(),
    }
}

macro_rules! reads {
    ($type:ty, $map:ident => $inner:expr) => {
        impl EngineRead for $type {
            fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
                let $map = self;
                Ok($inner.get(&(table, key.to_vec())).cloned())
            }

            fn get_many(&self, table: Table, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>> {
                keys.iter().map(|key| self.get(table, key)).collect()
            }

            fn scan(&self, table: Table, range: &KeyRange, direction: Direction, limit: usize) -> Result<Vec<Entry>> {
                let $map = self;
                Ok(scan(&$inner, table, range, direction, limit))
            }
        }
    };
}

reads!(MemorySnapshot, snapshot => snapshot.0);
reads!(MemoryWrite<'_>, write => write.map);

impl EngineWrite for MemoryWrite<'_> {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<()> {
        self.map.insert((table, key.to_vec()), value.to_vec());
        Ok(())
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<()> {
        self.map.remove(&(table, key.to_vec()));
        Ok(())
    }

    fn commit(self: Box<Self>, _: Durability) -> Result<()> {
        *self.engine.committed.lock().unwrap() = Arc::new(self.map);
        Ok(())
    }
}
