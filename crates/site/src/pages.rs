//! The pages of a site, as texts.

use minijinja::{Environment, Value, context, value::Serde};
use serde::Serialize;
use serde_json::json;

use epitome_report::hash_of_content;

use super::{
    board::{Board, boards},
    board_view::{BoardView, board_view},
    command,
    error::SiteError,
    field::fields,
    history::{SiteHistory, tables},
    source::SiteRun,
    templates::{environment, script, style},
};

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePage {
    /// Path in the folder of the site, such as `runs/news.html`.
    pub path: String,
    /// Content of the file.
    pub text: String,
}

/// A run, for the templates.
#[derive(Debug, Clone, Serialize)]
struct RunView {
    name: String,
    page: String,
    command: Option<String>,
    /// Names of facts and their values.
    facts: Vec<(&'static str, String)>,
    /// Number of boards.
    boards: usize,
    /// Whether the run has not come to its end.
    unfinished: bool,
}

/// A filter of the index, for the templates.
#[derive(Debug, Clone, Serialize)]
struct Filter {
    key: &'static str,
    name: &'static str,
    values: Vec<String>,
}

/// Returns the files of a site of `runs` and of what was recorded: `index.html`, a page for each run
/// in `runs/`, `history.html` if something was recorded, and `site.json`, which lists them. The same
/// tables give the same bytes.
///
/// # Errors
/// Returns an error if a template cannot be rendered.
pub fn site(
    title: &str,
    runs: &[SiteRun],
    history: &SiteHistory,
) -> Result<Vec<SitePage>, SiteError> {
    let addresses = addresses(runs);
    let mut all: Vec<Board> = Vec::new();
    let mut views: Vec<BoardView> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        for (own, board) in boards(at, run).into_iter().enumerate() {
            let id = format!("board-{own}");
            views.push(board_view(runs, &board, all.len(), id, &addresses[at]));
            all.push(board);
        }
    }

    let of_run = |(at, run): (usize, &SiteRun)| {
        let own = all.iter().filter(|board| board.run == at).count();
        run_view(run, addresses[at].clone(), own)
    };
    let run_views: Vec<RunView> = runs.iter().enumerate().map(of_run).collect();
    let (quality, speed) = (tables(&history.quality), tables(&history.speed));
    let recorded = !quality.is_empty() || !speed.is_empty();
    let site = Site {
        environment: environment(),
        title,
        recorded,
        style: style(),
        script: script(),
    };

    let links: Vec<String> = views.iter().map(|it| it.link.clone()).collect();
    let fields = fields(runs, &all, &links);
    let mut pages = vec![site.page(
        "index.html",
        "index.html",
        context! {
            runs => Value::from(Serde(&run_views)),
            boards => Value::from(Serde(&views)),
            fields => Value::from(Serde(&fields)),
            filters => Value::from(Serde(filters(&views))),
            systems => systems(&all),
            untested => views.iter().filter(|it| !it.tested).count(),
        },
    )?];
    for (at, run) in run_views.iter().enumerate() {
        let own = views.iter().zip(&all).filter(|(_, board)| board.run == at);
        let own: Vec<&BoardView> = own.map(|(view, _)| view).collect();
        let data = context! {
            run => Value::from(Serde(run)),
            boards => Value::from(Serde(own)),
        };
        pages.push(site.page("run.html", &run.page, data)?);
    }
    if recorded {
        let data = context! {
            quality => Value::from(Serde(quality)),
            speed => Value::from(Serde(speed)),
        };
        pages.push(site.page("history.html", "history.html", data)?);
    }
    let list = list(title, &run_views, &views, &pages);
    pages.push(list);
    Ok(pages)
}

/// What all pages have.
struct Site<'a> {
    environment: Environment<'static>,
    title: &'a str,
    recorded: bool,
    style: String,
    script: String,
}

impl Site<'_> {
    /// Returns the page at `path`, made of the template `name` and its data.
    fn page(&self, name: &str, path: &str, data: Value) -> Result<SitePage, SiteError> {
        let root = match path.contains('/') {
            true => "../",
            false => "",
        };
        let frame = context! {
            site => self.title,
            recorded => self.recorded,
            root,
            version => env!("CARGO_PKG_VERSION"),
            css => &self.style,
            js => &self.script,
            css_hash => hash_of_content(&self.style),
            js_hash => hash_of_content(&self.script),
            ..data
        };
        Ok(SitePage {
            path: path.to_owned(),
            text: self.environment.get_template(name)?.render(frame)?,
        })
    }
}

/// Returns the list of the files, with what the index says of each board, as JSON.
fn list(
    title: &str,
    runs: &[RunView],
    boards: &[BoardView],
    pages: &[SitePage],
) -> SitePage {
    let runs = runs.iter().map(|run| {
        json!({ "name": run.name, "page": run.page, "command": run.command, "boards": run.boards })
    });
    let boards = boards.iter().map(|board| {
        json!({
            "run": board.run, "corpus": board.corpus, "task": board.task,
            "budget": board.budget, "languages": board.languages,
            "documents": board.documents, "metric": board.metric, "best": board.best,
            "learnt_on_it": board.learnt_systems, "not_shown_to_differ": board.near,
            "shown_to_be_worse": board.behind,
            "untested": board.untested, "test": board.test, "page": board.link,
        })
    });
    let list = json!({
        "epitome": env!("CARGO_PKG_VERSION"),
        "title": title,
        "pages": pages.iter().map(|page| &page.path).collect::<Vec<_>>(),
        "runs": runs.collect::<Vec<_>>(),
        "boards": boards.collect::<Vec<_>>(),
    });
    SitePage {
        path: "site.json".to_owned(),
        text: format!("{list:#}\n"),
    }
}

/// Returns the address of the page of each run: its name with other signs than letters, digits, `.`,
/// `_` and `-` replaced, and a number if that is the address of another run.
fn addresses(runs: &[SiteRun]) -> Vec<String> {
    let mut addresses: Vec<String> = Vec::new();
    for run in runs {
        let plain = |sign: char| match sign {
            sign if sign.is_ascii_alphanumeric() || "._-".contains(sign) => sign,
            _ => '-',
        };
        let name: String = run.name.chars().take(80).map(plain).collect();
        let name = match name.trim_matches(['-', '.']) {
            "" => "run",
            name => name,
        };
        let numbered = (1..).map(|number| match number {
            1 => format!("runs/{name}.html"),
            number => format!("runs/{name}-{number}.html"),
        });
        let is_free = |address: &String| !addresses.contains(address);
        let mut free = numbered.filter(is_free);
        let address = free.next().unwrap_or_default();
        addresses.push(address);
    }
    addresses
}

fn run_view(run: &SiteRun, page: String, boards: usize) -> RunView {
    let manifest = run.manifest.as_ref();
    let unknown = || "unknown".to_owned();
    let facts = manifest.map(|it| {
        vec![
            ("began", it.start.clone()),
            ("revision", it.git.clone().unwrap_or_else(unknown)),
            ("epitome", it.epitome.clone()),
            ("processor", it.cpu.clone().unwrap_or_else(unknown)),
            ("cores", it.cores.to_string()),
            ("seed", it.seed.to_string()),
            ("resamples", it.resamples.to_string()),
        ]
    });
    RunView {
        name: run.name.clone(),
        page,
        command: command::of_run(run),
        facts: facts.unwrap_or_default(),
        boards,
        unfinished: manifest.is_some_and(|it| !it.complete),
    }
}

/// Returns the number of systems of all boards, each counted once for a task.
fn systems(boards: &[Board]) -> usize {
    let lines = boards.iter().flat_map(|board| {
        let systems = board.lines.iter();
        let systems =
            systems.filter(|it| it.kind == epitome_engine::run::SystemKind::System);
        systems.map(|it| (board.task_name(), it.system.as_str()))
    });
    let mut names: Vec<(&str, &str)> = lines.collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// Returns a filter for each property of boards that has more than one value.
fn filters(boards: &[BoardView]) -> Vec<Filter> {
    let of = |key, name, values: Vec<String>| {
        let mut distinct: Vec<String> = Vec::new();
        for value in values {
            if !distinct.contains(&value) {
                distinct.push(value);
            }
        }
        Filter {
            key,
            name,
            values: distinct,
        }
    };
    let each = |value: fn(&BoardView) -> String| boards.iter().map(value).collect();
    let languages = boards.iter().flat_map(|it| it.languages.clone());
    let mut languages = of("languages", "language", languages.collect());
    languages.values.sort();
    let filters = [
        of("task", "task", each(|it| it.task.to_owned())),
        languages,
        of("budget", "budget", each(|it| it.budget.clone())),
        of("run", "run", each(|it| it.run.clone())),
    ];
    filters
        .into_iter()
        .filter(|it| it.values.len() > 1)
        .collect()
}
