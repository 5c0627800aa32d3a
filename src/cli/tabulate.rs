//! `yuanba tabulate`: a register, from outside the site, becomes a table of counts in `content/data/`.

mod told;

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::desk::tabulate::{self, Order, Stopped};
use crate::diag::{Message, Sink};
use crate::register::book::Unreadable;
use crate::world::shown;
use std::path::PathBuf;

/// Options of `tabulate`.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Args {
    /// 登记表（xlsx、xls、ods、csv），放在网站文件夹外面 / the register, outside the site's folder
    register: PathBuf,
    /// 按哪几列分，如 village,type,month；也可写列名，如 所属村,纠纷类型,登记日期:month / columns to count by
    #[arg(long, value_name = "COLUMNS", default_value = "", hide_default_value = true)]
    by: String,
    /// 把哪一列的金额加起来 / column of money to add up
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    sum: Vec<String>,
    /// 登记表已经按月、按村汇总过：哪一列是件数；写“行”表示一行就是一件 / column of counts, where a row is not one case; `rows` where it is
    #[arg(long, value_name = "COLUMN")]
    count: Option<String>,
    /// 数据的名称：写进 content/data/NAME.csv / name of the dataset
    #[arg(long, value_name = "NAME")]
    into: String,
    /// 哪个工作表（默认第一个没有隐藏的） / which sheet
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// 只数这段时间，如 2026 或 2026-01..2026-10 / cases of this time alone
    #[arg(long, value_name = "TIME")]
    period: Option<String>,
    /// 没写年份的日期算哪一年 / year of dates without one
    #[arg(long, value_name = "YEAR")]
    year: Option<i16>,
    /// 空着的格子：类别记作“未填”，金额记作0 / count empty cells as 未填, or as no money
    #[arg(long)]
    blank: bool,
    /// 隐藏的行：count 一起数，skip 不数 / hidden rows
    #[arg(long, value_enum, value_name = "WHAT")]
    hidden_rows: Option<HiddenRows>,
}

/// What to do with hidden rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum HiddenRows {
    /// 一起数 / count them
    Count,
    /// 不数 / leave them out
    Skip,
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    let site = match locate::site(common, &terminal) {
        Ok(site) => site,
        Err(ending) => return ending,
    };
    let model = site.collect(&mut Sink::new());
    let terminal = terminal.in_language_of(common, &model.config.language);
    let order = Order {
        register: &args.register,
        by: &args.by,
        sum: &args.sum,
        count: args.count.as_deref(),
        into: &args.into,
        sheet: args.sheet.as_deref(),
        period: args.period.as_deref(),
        year: args.year,
        blank: args.blank,
        hidden_rows: match args.hidden_rows {
            None => tabulate::HiddenRows::Ask,
            Some(HiddenRows::Count) => tabulate::HiddenRows::Count,
            Some(HiddenRows::Skip) => tabulate::HiddenRows::Skip,
        },
    };
    let mut notes = Vec::new();
    let outcome = tabulate::tabulate(&site, &model.config, &order, &mut notes);
    notes.iter().for_each(|note| terminal.complain(note));
    let complain = |messages: &[Message]| messages.iter().for_each(|message| terminal.complain(message));
    match outcome {
        Ok(done) => {
            told::understood(&terminal, &done.counted, &done.sheet);
            done.written.iter().for_each(|message| terminal.say(message));
            Ending::Done
        }
        Err(Stopped::Asked(messages)) => {
            complain(&messages);
            Ending::Usage
        }
        Err(Stopped::Refused(messages)) => {
            complain(&messages);
            Ending::Refused
        }
        Err(Stopped::Unreadable(error)) => {
            told::unreadable(&terminal, &args.register, &error);
            if matches!(error, Unreadable::Disk(_)) { Ending::Failed } else { Ending::Refused }
        }
        Err(Stopped::Problems(problems)) => {
            told::problems(&terminal, &problems);
            Ending::Refused
        }
        Err(Stopped::Disk(path, error)) => {
            let message = Message::new("cli-cannot-write").with("path", shown(&path));
            terminal.complain(&message.with("reason", error));
            Ending::Failed
        }
    }
}
