//! The command line: one file a verb. Nothing else knows clap.
//!
//! Refuses: doing work itself; a verb calls the pipeline and prints.
//! Invariant: results go to standard output, everything else to standard error; exit codes are
//! 0 done, 1 the site has errors, 2 the command was not understood, 3 the disk or the network failed.

mod approve;
mod audit;
mod backup;
mod browser;
mod build;
mod check;
mod console;
mod explain;
mod fix;
mod guard;
mod host;
mod list;
mod locate;
mod new;
mod print;
mod progress;
mod publish;
mod released;
mod restore;
mod review;
mod rhyme;
mod serve;
mod shell;
mod start;
mod tabulate;
mod terminal;
mod theme;
mod typeset;
mod usage;

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// 院坝：把文章变成网站和印品。Turns bulletins into a community website.
#[derive(Debug, Parser)]
#[command(name = "yuanba", version, propagate_version = true, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    verb: Verb,
}

/// Options of every command.
#[derive(Debug, Clone, clap::Args)]
struct Common {
    /// 网站文件夹（默认从当前文件夹往上找） / the site's folder
    #[arg(long, global = true, value_name = "DIR")]
    site: Option<PathBuf>,
    /// 提示用中文还是英文（默认随网站） / language of messages
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
    /// 只报告问题 / print findings only
    #[arg(long, short, global = true)]
    quiet: bool,
    /// 多说一些 / say more
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// 颜色 / colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
}

/// Languages of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    /// 中文
    Zh,
    /// English
    En,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    /// 终端才用 / on terminals
    Auto,
    /// 总是 / always
    Always,
    /// 不用 / never
    Never,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 打开开始页：不用打命令 / a page to start from, in the browser
    Start(start::Args),
    /// 新建网站，或新建一篇 / a new site, or a new bulletin
    New(new::Args),
    /// 生成整个网站，放进 public/ / build everything
    Build(build::Args),
    /// 在本机预览，边改边看 / preview, rebuilt on change
    Serve(serve::Args),
    /// 把做好的网站给读者看 / serve the finished site to readers
    Host(host::Args),
    /// 把做好的网站发布出去：文件夹、云存储、WebDAV、SFTP / send the finished site elsewhere
    Publish(publish::Args),
    /// 只检查，不生成 / lints only
    Check(check::Args),
    /// 只做印品：全部，或点名的几篇 / handouts only: all, or of named pages
    Print(print::Args),
    /// 审核：签一级 / sign a bulletin off
    Approve(approve::Args),
    /// 审核：退回，写明理由 / send a bulletin back
    Reject(approve::RejectArgs),
    /// 审核：谁还欠哪一级，哪些还不能发布 / who owes what
    Review(review::Args),
    /// 统计数据：核查公布的数字推不出个人，记下各期 / audit the published statistics
    Audit(audit::Args),
    /// 解释一个检查编号 / what a code means, and the mend
    Explain(explain::Args),
    /// 列出各篇的状态 / what is where
    List(list::Args),
    /// 找押韵的词 / words that rhyme
    Rhyme(rhyme::Args),
    /// 把登记表数成统计表，只写数字 / counts from a register
    Tabulate(tabulate::Args),
    /// 外观：列出能换的文件、拿出来改 / the theme, for those who change it
    Theme(theme::Args),
    /// 把网站的全部内容备份成一个文件 / everything that cannot be made again, in one file
    Backup(backup::Args),
    /// 从备份恢复到一个新文件夹 / a site out of its backup
    Restore(restore::Args),
    /// 程序自己用 / for the program itself
    #[command(hide = true)]
    Typeset(typeset::Args),
    /// 命令补全脚本 / shell completions
    #[command(hide = true)]
    Completions(shell::CompletionArgs),
    /// 手册页 / the man page
    #[command(hide = true)]
    Man,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Done.
    Done,
    /// The site has errors, or the gate refused.
    Refused,
    /// The command was not understood.
    Usage,
    /// The disk, the network or a server failed.
    Failed,
}

impl Ending {
    /// The exit code.
    fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Failed => 3,
        }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(ending.code())
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    // A double-click gives no arguments, and a window that closes with the program: help would be gone before it is read.
    let args: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let args =
        if args.len() == 1 && console::is_own() { vec![args[0].clone(), "start".into()] } else { args };
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return usage::complain(&error).into(),
    };
    let common = &cli.common;
    typeset::isolated();
    if matches!(cli.verb, Verb::Build(_) | Verb::Serve(_) | Verb::Start(_) | Verb::Publish(_)) {
        guard::begin(common);
    }
    let ending = match cli.verb {
        Verb::Start(args) => start::run(common, &args),
        Verb::New(args) => new::run(common, &args),
        Verb::Build(args) => build::run(common, &args),
        Verb::Serve(args) => serve::run(common, &args),
        Verb::Host(args) => host::run(common, &args),
        Verb::Publish(args) => publish::run(common, &args),
        Verb::Check(args) => check::run(common, &args),
        Verb::Print(args) => print::run(common, &args),
        Verb::Approve(args) => approve::run(common, &args),
        Verb::Reject(args) => approve::reject(common, &args),
        Verb::Review(args) => review::run(common, &args),
        Verb::Audit(args) => audit::run(common, &args),
        Verb::Explain(args) => explain::run(common, &args),
        Verb::List(args) => list::run(common, &args),
        Verb::Rhyme(args) => rhyme::run(common, &args),
        Verb::Tabulate(args) => tabulate::run(common, &args),
        Verb::Theme(args) => theme::run(common, &args),
        Verb::Backup(args) => backup::run(common, &args),
        Verb::Restore(args) => restore::run(common, &args),
        Verb::Typeset(args) => typeset::run(&args),
        Verb::Completions(args) => shell::completions(&args),
        Verb::Man => shell::man(),
    };
    ending.into()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
