//! `yuanba host`: the finished site, for readers.
//!
//! Refuses: listening to other machines unless it is told to; a key of another certificate.
//! Invariant: it ends when it is told to, and not before answers that were begun are finished or their time is over.
#![expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]

mod counting;
mod service;

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::build::compress;
use crate::diag::Message;
use crate::host::access_log::{AccessLog, Form};
use crate::host::certificates::{Certificates, Unusable};
use crate::host::respond::Shared;
use crate::host::schedule::Builder;
use crate::host::security::Security;
use crate::host::server::{Server, Settings};
use crate::host::watch::{Follower, News};
use crate::world::{DiskWorld, shown};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often the folder is looked at for a new build.
const LOOK: Duration = Duration::from_millis(500);
/// Every so many looks the certificate is looked at.
const LOOKS_PER_CERTIFICATE: u32 = 20;
/// Every so many looks counts are written.
const LOOKS_PER_COUNT: u32 = 60;
/// How long answers may take that were begun when the server ends.
const GRACE: Duration = Duration::from_secs(20);

/// Options of `host`.
#[derive(Debug, Clone, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
pub struct Args {
    /// 在哪里等读者；0.0.0.0:80 是对所有电脑开放 / where to listen; 0.0.0.0:80 is open to all
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// 发布哪个文件夹（默认网站的 public） / the finished site
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// 证书文件（PEM），续期后自动重读 / certificate, reread when renewed
    #[arg(long, value_name = "FILE", requires = "key")]
    certificate: Option<PathBuf>,
    /// 证书的私钥文件（PEM） / its key
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
    /// 让浏览器在这么多天里只用 https / days for which browsers insist on TLS
    #[arg(long, value_name = "DAYS", requires = "certificate")]
    strict: Option<u16>,
    /// 访问记录写进哪个文件 / access log
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// 访问记录的格式 / its form
    #[arg(long, value_enum, default_value_t = LogForm::Common, requires = "log", value_name = "FORM")]
    log_form: LogForm,
    /// 访问记录里写完整的读者地址（默认去掉末段） / whole addresses of readers in it
    #[arg(long, requires = "log")]
    log_whole_addresses: bool,
    /// 前面还有 nginx、Caddy：读者地址以它说的为准 / behind another server, which names the reader
    #[arg(long)]
    behind_proxy: bool,
    /// 在本机的这个端口给出运行指标（Prometheus） / figures for monitoring, on this machine only
    #[arg(long, value_name = "PORT")]
    metrics: Option<u16>,
    /// 数每页每天有多少人看，表格放进这个文件夹；要先在设置里让读者知道 / count looks at pages, into this folder
    #[arg(long, value_name = "DIR")]
    count: Option<PathBuf>,
    /// 到了公布、到期的时刻自动重新生成 / build again when a bulletin's moment comes
    #[arg(long, conflicts_with = "folder")]
    watch_schedule: bool,
    /// 只给读者看“正在维护” / the maintenance page only
    #[arg(long)]
    maintenance: bool,
    /// 最多同时连接多少（默认 4096） / the most connections
    #[arg(long, value_name = "N")]
    connections: Option<usize>,
    /// 用几个线程（默认与处理器核数相同） / threads
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// 不启动，只印出开机自动启动的配置（systemd，Windows 任务计划） / print how to start it with the machine
    #[arg(long)]
    print_service: bool,
    /// 装成 Windows 服务，开机自动启动（要管理员权限） / install it as a Windows service
    #[arg(long, conflicts_with = "print_service")]
    install_service: bool,
    /// 由 Windows 的服务管理器启动 / started by the manager of services
    #[arg(long, hide = true)]
    as_service: bool,
}

/// The form of the access log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum LogForm {
    /// 通用格式 / common log format
    Common,
    /// 每行一个 JSON 对象 / an object a line
    Json,
}

/// What is served.
struct Served {
    folder: PathBuf,
    site: Option<PathBuf>,
    base: String,
}

/// Runs it until it is told to end.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    if args.as_service {
        let (common, args) = (common.clone(), Args { as_service: false, ..args.clone() });
        return match crate::host::service::run(Box::new(move || run(&common, &args).code())) {
            Ok(()) => Ending::Done,
            Err(refused) => service::complain(refused, &terminal),
        };
    }
    let (place, terminal) = match place(common, args, terminal) {
        Ok(found) => found,
        Err(ending) => return ending,
    };
    if args.print_service {
        terminal.print(service::print(args, &place).trim_end());
        return Ending::Done;
    }
    if args.install_service {
        return service::install(args, &place, &terminal);
    }
    let certificates = match (&args.certificate, &args.key) {
        (Some(certificate), Some(key)) => match Certificates::read(certificate, key) {
            Ok(read) => Some(Arc::new(read)),
            Err(unusable) => {
                terminal.complain(&about(&unusable));
                return Ending::Failed;
            }
        },
        _ => None,
    };
    let security =
        Security { strict_seconds: args.strict.map(|days| u32::from(days) * 86_400), ..Security::SITE };
    let mut shared = Shared::new(place.base.clone(), security);
    shared.closed = args.maintenance;
    shared.forwarded = args.behind_proxy;
    if let Some(file) = &args.log {
        let form = if args.log_form == LogForm::Json { Form::Json } else { Form::Common };
        match AccessLog::begin(file, form, args.log_whole_addresses) {
            Ok(log) => shared.log = Some(log),
            Err(error) => {
                terminal.complain(
                    &Message::new("cli-cannot-write").with("path", shown(file)).with("reason", error),
                );
                return Ending::Failed;
            }
        }
    }
    if let Some(folder) = &args.count {
        match counting::begin(folder, &place, &terminal) {
            Ok(visits) => shared.visits = Some(visits),
            Err(ending) => return ending,
        }
    }
    let settings = Settings {
        listen: args.listen,
        certificates: certificates.clone(),
        threads: args.threads,
        connections: args.connections,
        metrics: args.metrics,
    };
    let server = match Server::start(&settings, shared) {
        Ok(server) => server,
        Err(error) => {
            terminal
                .complain(&Message::new("host-no-port").with("address", args.listen).with("reason", error));
            return Ending::Failed;
        }
    };
    let over = Arc::new(AtomicBool::new(false));
    let mut follower = Follower::new(&place.folder, place.site.as_deref(), security);
    let found = look(&mut follower, server.shared(), &terminal);
    welcome(&terminal, args, &server, &place, found);
    follow(follower, &server, certificates, terminal, over.clone());
    if args.watch_schedule {
        build_by_the_clock(&place, terminal, over.clone());
    }
    let visits = server.shared().visits.clone();
    server.wait();
    over.store(true, Ordering::Relaxed);
    terminal.say(&Message::new("host-ending"));
    let all = server.end(GRACE);
    if let Some(visits) = visits {
        counting::keep(&visits, &terminal);
    }
    terminal.say(&Message::new(if all { "host-ended" } else { "host-ended-early" }));
    Ending::Done
}

/// What is to be served, and in which language to speak of it.
fn place(common: &Common, args: &Args, terminal: Terminal) -> Result<(Served, Terminal), Ending> {
    if let (Some(folder), None) = (&args.folder, &common.site) {
        // A finished site without its sources: former addresses are what its pages say, nothing is withdrawn.
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
        let site = folder.parent().filter(|above| above.join("content").join("site.yaml").is_file());
        let world = site.and_then(|site| DiskWorld::open(site).ok());
        let base = world.as_ref().map_or_else(|| "/".to_owned(), crate::desk::site::base);
        let terminal =
            world.as_ref().map_or(terminal, |world| locate::in_language_of(world, common, terminal));
        return Ok((Served { site: site.map(Path::to_owned), folder, base }, terminal));
    }
    let world = locate::open(common, &terminal)?;
    let terminal = locate::in_language_of(&world, common, terminal);
    let folder = match &args.folder {
        Some(folder) => std::path::absolute(folder).unwrap_or_else(|_| folder.clone()),
        None => world.root().join(crate::desk::site::OUTPUT),
    };
    Ok((
        Served { folder, site: Some(world.root().to_owned()), base: crate::desk::site::base(&world) },
        terminal,
    ))
}

/// Puts a new build on show, if there is one.
fn look(follower: &mut Follower, shared: &Shared, terminal: &Terminal) -> bool {
    match follower.look() {
        Ok(Some(News::Build(shelf))) => {
            terminal.say(&Message::new("host-build").with("files", shelf.len()));
            shared.show(shelf);
            true
        }
        Ok(Some(News::Damaged(shelf, missing))) => {
            for path in &missing {
                terminal.complain(&Message::new("host-damaged").with("path", path));
            }
            shared.show(shelf);
            true
        }
        Ok(None) => false,
        Err(error) => {
            terminal.say(&Message::new("host-unreadable").with("reason", error));
            false
        }
    }
}

fn welcome(terminal: &Terminal, args: &Args, server: &Server, place: &Served, found: bool) {
    let scheme = if args.certificate.is_some() { "https" } else { "http" };
    let base = crate::model::route::encode(&place.base);
    let address = format!("{scheme}://{}{base}", server.address());
    terminal.complain(&Message::new("host-at").with("address", address));
    if let Some(figures) = server.metrics() {
        terminal.say(&Message::new("host-metrics").with("address", format!("http://{figures}/metrics")));
    }
    if !args.listen.ip().is_loopback() && args.certificate.is_none() {
        terminal.say(&Message::new("host-open"));
    }
    if args.maintenance {
        terminal.complain(&Message::new("host-maintenance"));
    } else if !found {
        terminal.complain(&Message::new("host-no-build").with("path", shown(&place.folder)));
    }
}

/// Follows the folder and the certificate in a thread of its own.
fn follow(
    mut follower: Follower,
    server: &Server,
    certificates: Option<Arc<Certificates>>,
    terminal: Terminal,
    over: Arc<AtomicBool>,
) {
    let shared = server.shared().clone();
    std::thread::spawn(move || {
        let mut complaint = String::new();
        for number in 1_u32.. {
            std::thread::sleep(LOOK);
            if over.load(Ordering::Relaxed) {
                return;
            }
            look(&mut follower, &shared, &terminal);
            if let Some(visits) = shared.visits.as_ref().filter(|_| number % LOOKS_PER_COUNT == 0) {
                counting::keep(visits, &terminal);
            }
            let Some(certificates) = certificates.as_ref().filter(|_| number % LOOKS_PER_CERTIFICATE == 0)
            else {
                continue;
            };
            match certificates.reread() {
                Ok(true) => terminal.say(&Message::new("host-renewed")),
                Ok(false) => complaint.clear(),
                // Said once: a renewal that goes wrong stays wrong for a while.
                Err(unusable) => {
                    let words = terminal.words(&about(&unusable));
                    if words != complaint {
                        terminal.complain(&Message::new("host-not-renewed").with("reason", &words));
                        complaint = words;
                    }
                }
            }
        }
    });
}

/// Builds when the site changes by itself, in a thread of its own.
fn build_by_the_clock(place: &Served, terminal: Terminal, over: Arc<AtomicBool>) {
    let Some(site) = place.site.clone() else { return };
    let Ok(program) = std::env::current_exe() else { return };
    let folder = place.folder.clone();
    std::thread::spawn(move || {
        let mut arguments: Vec<OsString> =
            vec!["build".into(), "--site".into(), site.into(), "--quiet".into()];
        arguments.extend(["--until".into(), "--output".into(), folder.clone().into()]);
        arguments.extend(["--lang".into(), terminal.language.tag().split('-').next().unwrap_or("zh").into()]);
        if compress::is_packed(&folder) {
            arguments.push("--compress".into());
        }
        let builder = Builder { program, arguments };
        builder.keep_building(
            || over.load(Ordering::Relaxed),
            |built, due| {
                let id = if built.published { "host-next" } else { "host-not-built" };
                // Moments are told as clocks in China show them.
                let due = due.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
                terminal.say(&Message::new(id).with("when", due.strftime("%Y-%m-%d %H:%M").to_string()));
            },
        );
    });
}

/// Why a certificate is of no use.
fn about(unusable: &Unusable) -> Message {
    match unusable {
        Unusable::Unreadable(path, error) => {
            Message::new("host-certificate-unreadable").with("path", shown(path)).with("reason", error)
        }
        Unusable::NoCertificate => Message::new("host-certificate-none"),
        Unusable::NoKey => Message::new("host-certificate-no-key"),
        Unusable::Unfit => Message::new("host-certificate-unfit"),
    }
}
