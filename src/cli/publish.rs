//! `yuanba publish`.
//!
//! Refuses: a site that did not pass the gates; removing much of what is there without being asked to.
//! Invariant: exit code 0 means that the place has this site, whole; 3 that it has not, and that the next run goes on.

mod bar;
mod connect;
mod gate;
mod told;

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::build::results::ResultFile;
use crate::diag::{Level, Message, Report, Sink};
use crate::model::config::Config;
use crate::model::publishing::Destination;
use crate::publish::archive::{self, Archive};
use crate::publish::finished::Finished;
use crate::publish::lease::Pace;
use crate::publish::plan::Plan;
use crate::publish::send::{self, Manner, Release};
use crate::publish::target::Target;
use crate::publish::target::patient::{Patience, Patient};
use crate::source::Sources;
use crate::source::yaml::parse_yaml;
use crate::world::decode::decode;
use crate::world::{DiskWorld, VPath, World, shown};
use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;

/// Options of `publish`.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("publish/help.txt"))]
pub struct Args {
    /// 发布到哪里：设置里 publish: 下面的名称；只有一处时可以不写 / where to, as named in the settings
    #[arg(value_name = "TARGET")]
    target: Option<String>,
    /// 只看要传什么、删什么，什么也不动 / only show what would be done
    #[arg(long)]
    dry_run: bool,
    /// 内容比生成的新时，先生成再发布 / build first where the content is newer
    #[arg(long, conflicts_with = "rollback")]
    build: bool,
    /// 把那里的每个文件读回来，核对大小和内容 / read back every file there
    #[arg(long)]
    verify: bool,
    /// 最多删除多少个文件（超过一成会先问） / the most files that may be removed
    #[arg(long, value_name = "N")]
    max_delete: Option<usize>,
    /// 退回前面第几版（默认上一版，最多三版） / go back to an earlier release
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "1")]
    rollback: Option<usize>,
    /// 那里同名的文件、别的网站的文件，也归本站 / files that stand there are ours
    #[arg(long)]
    adopt: bool,
    /// 把要让 CDN 忘掉的网址写进这个文件 / write the addresses that a CDN has to forget
    #[arg(long, value_name = "FILE")]
    purge_list: Option<PathBuf>,
    /// 密钥放在哪个文件（默认见下） / file of secrets
    #[arg(long, value_name = "FILE")]
    secrets: Option<PathBuf>,
}

/// Everything that one publication needs.
struct Job<'j> {
    terminal: Terminal,
    world: &'j DiskWorld,
    config: Config,
    place: Destination,
    args: &'j Args,
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let (world, terminal) = match locate::begin(common) {
        Ok(begun) => begun,
        Err(ending) => return ending,
    };
    let Some(config) = settings(&world, &terminal) else { return Ending::Refused };
    let place = match choose(&config, args.target.as_deref(), &terminal) {
        Ok(place) => place,
        Err(ending) => return ending,
    };
    let job = Job { terminal, world: &world, config, place, args };
    job.run().unwrap_or_else(|ending| ending)
}

/// The settings, if they have no errors.
fn settings(world: &DiskWorld, terminal: &Terminal) -> Option<Config> {
    let path = VPath::new("content/site.yaml").expect("a plain path");
    let bytes = world.read(&path).ok()?;
    let mut sources = Sources::new();
    let file = sources.intern_text(&path);
    let text: std::sync::Arc<str> = decode(&bytes).ok()?.text.into();
    sources.set_text(file, text.clone());
    let mut sink = Sink::new();
    let node = parse_yaml(file, &text, &mut sink);
    let config = Config::read(&node, &mut sink);
    let mut found = sink.take();
    found.retain(|finding| finding.level >= Level::Deny);
    if found.is_empty() {
        return Some(config);
    }
    terminal.findings(&Report::new(found, &sources), &sources);
    terminal.complain(&Message::new("publish-settings"));
    None
}

/// The place that is meant.
fn choose(config: &Config, name: Option<&str>, terminal: &Terminal) -> Result<Destination, Ending> {
    let all = &config.destinations;
    let names = || all.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join("、");
    let found = match (name, &all[..]) {
        (_, []) => Err(Message::new("publish-no-destination")),
        (Some(name), _) => all
            .iter()
            .find(|place| place.name == name)
            .ok_or_else(|| Message::new("publish-unknown").with("name", name).with("names", names())),
        (None, [one]) => Ok(one),
        (None, _) => Err(Message::new("publish-which").with("names", names())),
    };
    found.cloned().map_err(|message| {
        terminal.complain(&message);
        Ending::Usage
    })
}

impl Job<'_> {
    fn say(&self, message: &Message) {
        self.terminal.say(message);
    }

    fn refuse<T>(&self, message: &Message, ending: Ending) -> Result<T, Ending> {
        self.terminal.complain(message);
        Err(ending)
    }

    fn disk<T>(&self, error: &std::io::Error) -> Result<T, Ending> {
        let path = shown(&self.world.root().join(crate::build::store::FOLDER));
        self.refuse(&Message::new("publish-disk").with("path", path).with("reason", error), Ending::Failed)
    }

    fn run(&self) -> Result<Ending, Ending> {
        let root = self.world.root();
        let purge = self.args.purge_list.as_ref().map(|file| ResultFile::at(Some(root), file)).transpose();
        let purge = purge.map_err(|error| locate::refuse(&self.terminal, &error))?;
        let store = crate::build::store::Store::open(root);
        let archive = store.and_then(|store| match store.handle() {
            Some(folder) => Archive::open(folder),
            None => Err(std::io::ErrorKind::NotFound.into()),
        });
        let archive = archive.or_else(|error| self.disk(&error))?;
        if self.place.is_open() {
            self.say(&Message::new("publish-open-line"));
        }
        let target = self.connect()?;
        let packs = self.place.gzip && target.keeps_encoding();
        let finished = match self.args.rollback {
            None => Some(self.finished()?),
            Some(_) => None,
        };
        let earlier = self.args.rollback.map(|number| self.earlier(&archive, number)).transpose()?;
        let (release, number) = match (&finished, &earlier) {
            (Some(site), _) => (
                Release {
                    site: site.manifest.site().cloned(),
                    build: site.build,
                    list: site.list.clone(),
                    wanted: site.wanted(packs),
                    source: site,
                },
                0,
            ),
            (None, Some((number, earlier))) => (
                Release {
                    site: earlier.site.clone(),
                    build: earlier.build,
                    list: archive::list_of(earlier),
                    wanted: archive::wanted(earlier, packs),
                    source: &archive,
                },
                *number,
            ),
            (None, None) => return Err(Ending::Usage),
        };
        let lock = match archive.lock() {
            Ok(Some(lock)) => lock,
            Ok(None) => return self.refuse(&Message::new("publish-busy-here"), Ending::Failed),
            Err(error) => return self.disk(&error),
        };
        let patient = Patient::new(&*target, Patience::default());
        let owner = archive.owner().or_else(|error| self.disk(&error))?;
        let bar = bar::Bar::new(self.terminal);
        let allow = |plan: &Plan| self.allows(plan);
        let manner = Manner {
            pace: Pace::default(),
            connections: self.place.connections,
            owner: &owner,
            // What the lease says is as public as the site: no name of a computer, which often is somebody's.
            label: &owner[..4],
            begun: &self.world.now().to_string(),
            adopt: self.args.adopt,
            verify: self.args.verify,
            allow: &allow,
            watch: &bar,
        };
        let ending = if self.args.dry_run {
            self.only_look(&patient, &release, &manner)
        } else {
            if number == 0 {
                self.keep_figures()?;
            }
            let done = send::publish(&patient, &release, &manner);
            bar.end();
            let done = done.map_err(|stopped| told::stopped(&self.terminal, &stopped))?;
            told::done(&self.terminal, &done, release.wanted.len(), self.args.verify);
            let kept = match (&finished, &earlier) {
                (Some(site), _) => archive.keep(&self.place.name, site),
                (None, Some((_, earlier))) => archive.push(&self.place.name, earlier),
                (None, None) => Ok(()),
            };
            if let Err(error) = kept {
                self.terminal.complain(&Message::new("publish-unkept").with("reason", error));
            }
            if number > 0 {
                self.terminal.complain(&Message::new("publish-rolled-back").with("number", number));
            }
            self.list_for_purge(&done.plan, purge.as_ref())
        };
        drop(lock);
        Ok(ending)
    }

    fn only_look(&self, target: &dyn Target, release: &Release, manner: &Manner) -> Ending {
        match send::look(target, release, manner) {
            Ok(looked) => {
                told::plan(&self.terminal, &looked.plan, true);
                self.say(&Message::new("publish-dry"));
                Ending::Done
            }
            Err(stopped) => told::stopped(&self.terminal, &stopped),
        }
    }

    /// The release that is to stand there again.
    fn earlier(
        &self,
        archive: &Archive,
        number: usize,
    ) -> Result<(usize, crate::publish::manifest::Published), Ending> {
        let name = &self.place.name;
        let Some(earlier) = archive.release(name, number).filter(|_| number > 0) else {
            let message = match archive.before(name) {
                0 => Message::new("publish-no-archive").with("name", name),
                count => Message::new("publish-archive-fewer").with("count", count).with("number", number),
            };
            return self.refuse(&message, Ending::Usage);
        };
        let lacking = archive.lacks(&earlier);
        if !lacking.is_empty() {
            let message = Message::new("publish-archive-damaged").with("count", lacking.len());
            return self.refuse(&message, Ending::Failed);
        }
        Ok((number, earlier))
    }

    /// The site in its output folder, if it may be published.
    fn finished(&self) -> Result<Finished, Ending> {
        let output = self.world.root().join(crate::desk::site::OUTPUT);
        // Before anything is built: a build would not touch what somebody put there, and say so nowhere else.
        let open = || Finished::open(&output).map_err(|unfit| told::unfit(&self.terminal, &output, &unfit));
        let found = open()?;
        self.pass_gate(&output)?;
        // Most often nothing was built, and ten thousand files need not be looked at again.
        if found.stands_at(&output) { Ok(found) } else { open() }
    }

    /// Whether so much may be removed: up to a tenth, up to what was said, or what somebody says now.
    fn allows(&self, plan: &Plan) -> bool {
        told::plan(&self.terminal, plan, false);
        let removed = plan.gone.len() + plan.room.len();
        if let Some(most) = self.args.max_delete {
            return removed <= most;
        }
        if removed * 10 <= plan.before {
            return true;
        }
        if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
            return false;
        }
        let question = Message::new("publish-many").with("removed", removed).with("before", plan.before);
        self.terminal.complain(&question);
        let mut answer = String::new();
        let read = std::io::stdin().lock().read_line(&mut answer);
        read.is_ok() && ["y", "yes", "是", "确定"].contains(&answer.trim().to_lowercase().as_str())
    }

    fn list_for_purge(&self, plan: &Plan, file: Option<&ResultFile>) -> Ending {
        let Some(file) = file else { return Ending::Done };
        let all = crate::publish::purge::addresses(plan, &self.config.base_url);
        let mut text = all.join("\n");
        text.push('\n');
        let is_list = |bytes: &[u8]| bytes == b"\n" || bytes.starts_with(b"http");
        match file.write(text.as_bytes(), is_list) {
            Ok(()) => {
                let path = shown(file.path());
                self.say(&Message::new("publish-purge").with("path", path).with("count", all.len()));
                Ending::Done
            }
            Err(error) => locate::refuse(&self.terminal, &error),
        }
    }
}
