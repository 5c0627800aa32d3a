//! Open data: what is published of the datasets, for programs and spreadsheets, and the page that lists it.
//!
//! Refuses: raw counts, which outputs never see.
//! Invariant: every table and dataset that is published has its files, whether or not a bulletin shows it. Where bulletins are reviewed, what no approved
//! one shows is not published: nobody has signed it.

use super::frame::{self, Here};
use super::head::Head;
use super::interface::Interface;
use super::{Output, Plan, Rank, Reader, Subject, Target};
use crate::diag::Diagnostic;
use crate::figures::{open_data, words::Language};
use crate::model::Model;
use crate::output::card::Link;
use crate::statistics::safe::{SafeDataset, SafeTable};
use serde::Serialize;

/// The files.
pub struct OpenData;

/// The page that lists them.
pub struct DataPage;

/// The page's address.
pub const ADDRESS: &str = "/data/";

/// The address of a table as CSV.
pub fn csv_address(dataset: &SafeDataset, table: &SafeTable) -> String {
    format!("{ADDRESS}{}/{}.csv", dataset.name(), table.name())
}

/// The address of a table as JSON.
pub fn json_address(dataset: &SafeDataset, table: &SafeTable) -> String {
    format!("{ADDRESS}{}/{}.json", dataset.name(), table.name())
}

fn dataset_address(dataset: &SafeDataset) -> String {
    format!("{ADDRESS}{}.json", dataset.name())
}

impl Output for OpenData {
    fn name(&self) -> &'static str {
        "open-data"
    }

    fn plan(&self, _model: &Model, plan: &mut Plan) {
        for dataset in plan.statistics.datasets().filter(|dataset| dataset.is_open()) {
            let subject = |table: Option<&SafeTable>| {
                Subject::Dataset(dataset.name().to_owned(), table.map(|table| table.name().to_owned()))
            };
            plan.add(&dataset_address(dataset), Rank::Support, subject(None));
            for table in dataset.open_tables() {
                plan.add(&csv_address(dataset, table), Rank::Support, subject(Some(table)));
                plan.add(&json_address(dataset, table), Rank::Support, subject(Some(table)));
            }
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::Dataset(name, table) = &target.subject else { unreachable!("planned above") };
        let dataset = site.safe_dataset(name).expect("planned datasets are there");
        let table = table.as_ref().map(|name| {
            dataset.tables().iter().find(|table| table.name() == name).expect("planned tables are there")
        });
        let value = match table {
            Some(table) if target.path.ends_with(".csv") => {
                let language = Language::named(&site.config().language);
                return Ok(open_data::csv(dataset, table, language));
            }
            Some(table) => open_data::table_json(dataset, table),
            None => open_data::dataset_json(dataset),
        };
        let mut bytes = serde_json::to_vec_pretty(&value).expect("keys are strings");
        bytes.push(b'\n');
        Ok(bytes)
    }
}

#[derive(Serialize)]
struct DataView {
    title: String,
    crumbs: Vec<Link>,
    sets: Vec<SetView>,
}

#[derive(Serialize)]
struct SetView {
    id: String,
    title: String,
    period: Option<String>,
    source: String,
    licence: Option<String>,
    note: Option<String>,
    json: String,
    tables: Vec<TableView>,
    charts: Vec<String>,
}

#[derive(Serialize)]
struct TableView {
    title: String,
    csv: String,
    json: String,
}

impl Output for DataPage {
    fn name(&self) -> &'static str {
        "data-page"
    }

    fn plan(&self, _model: &Model, plan: &mut Plan) {
        if plan.statistics.datasets().any(SafeDataset::is_open) {
            plan.add(ADDRESS, Rank::List, Subject::Site);
        }
    }

    fn render(&self, _target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let interface = Interface::of(site);
        let href = |address: String| site.href(&address);
        let open = site.statistics().datasets().filter(|dataset| dataset.is_open());
        let sets = open.map(|dataset| SetView {
            id: dataset.name().to_owned(),
            title: dataset.title().to_owned(),
            period: dataset.period().map(str::to_owned),
            source: dataset.source().to_owned(),
            licence: dataset.licence().map(str::to_owned),
            note: dataset.footnote().map(str::to_owned),
            json: href(dataset_address(dataset)),
            tables: dataset
                .open_tables()
                .map(|table| TableView {
                    title: table.title().to_owned(),
                    csv: href(csv_address(dataset, table)),
                    json: href(json_address(dataset, table)),
                })
                .collect(),
            charts: dataset.open_charts().map(|chart| chart.table().title().to_owned()).collect(),
        });
        let view = DataView {
            title: interface.text("data_page").to_owned(),
            crumbs: vec![Link::new(interface.text("home"), site.href("/"))],
            sets: sets.collect(),
        };
        let head = Head::new(site, &view.title, ADDRESS).describe(interface.text("data_page_about"));
        frame::render(site, "data.html", Here { address: ADDRESS, section: ADDRESS }, head, &view, "")
    }
}
