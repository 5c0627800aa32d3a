//! Hostile bodies: whatever they hold, what leaves is on the allow-list, as a browser's tokenizer reads it.

use super::tests::html;
use crate::source::address::{self, Address};
use crate::source::raw_html::ELEMENTS;
use html5ever::tokenizer::{BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;

const OWN: &[&str] = &["aside", "section", "img", "input", "svg", "path"];
const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-label",
    "checked",
    "class",
    "colspan",
    "d",
    "datetime",
    "decoding",
    "dir",
    "disabled",
    "fill",
    "height",
    "href",
    "id",
    "lang",
    "loading",
    "open",
    "rel",
    "role",
    "rowspan",
    "scope",
    "shape-rendering",
    "sizes",
    "span",
    "src",
    "srcset",
    "start",
    "tabindex",
    "title",
    "type",
    "value",
    "viewbox",
    "width",
    "xmlns",
    "viewBox",
];

#[derive(Default)]
struct Tags(RefCell<Vec<Tag>>);

impl TokenSink for Tags {
    type Handle = ();
    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token {
            self.0.borrow_mut().push(tag);
        }
        TokenSinkResult::Continue
    }
}

fn check(body: &str) {
    let found = html(body);
    let tokenizer = Tokenizer::new(Tags::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(found.as_str().into());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    for tag in tokenizer.sink.0.into_inner() {
        let name = &*tag.name;
        assert!(ELEMENTS.contains(&name) || OWN.contains(&name), "<{name}> from {body:?}:\n{found}");
        for attribute in &tag.attrs {
            let (key, value) = (&*attribute.name.local, &*attribute.value);
            assert!(ATTRIBUTES.contains(&key), "{key} of <{name}> from {body:?}:\n{found}");
            match key {
                "href" => assert_ne!(address::kind(value), Address::Unsafe, "{value} from {body:?}"),
                "src" => assert_eq!(value, "a-960.jpg", "from {body:?}"),
                "type" => assert_eq!(value, "checkbox", "from {body:?}"),
                "id" => assert!(
                    !["cookie", "body", "forms"].contains(&value),
                    "id {value} from {body:?}:\n{found}"
                ),
                _ => {}
            }
        }
    }
}

#[test]
fn nothing_active_survives() {
    for body in BODIES {
        check(body);
        // The same behind a block that turns the sanitiser on, with our own markup around it.
        check(&format!(
            "<b>x</b>\n\n- [ ] 项\n\n![甲](a.jpg)\n\n{body}\n\n![乙](a.jpg)\n\n```qr\nhttps://a.cn/\n```\n"
        ));
        check(&format!("> {body}\n\n|a|\n|-|\n|{body}|\n"));
        check(&format!(
            "```verse\n{body}\n```\n\n```contact\nname: {body}\nphone: {body}\n```\n\n```qr\n{body}\n```\n"
        ));
        check(&format!("[{body}]({body}) ![{body}]({body} \"{body}\") `{body}` <{body}> [a]: {body}\n"));
        check(&format!(
            "## {body} {{#cookie onclick=x}}\n\n术语{body}\n: {body}\n\n脚注[^1]\n\n[^1]: {body}\n"
        ));
    }
}

const BODIES: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.cn/x.js></SCRIPT>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</script>",
    "<script x",
    "<script>",
    "</script>",
    "<script/src=x>",
    "<script>/*</b>*/</script >",
    "<script type=\"text/template\">x</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<IMG SRC=`javascript:alert(1)`>",
    "<img src=\"x\" srcset=\"y 1x\">",
    "<image src=x onerror=alert(1)>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<img name=cookie>",
    "<img dynsrc=x lowsrc=y>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<svg><use href=\"data:image/svg+xml,x\">",
    "<svg><foreignObject><b>x</b>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<math><annotation-xml encoding=text/html><script>x</script>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<frame src=x>",
    "<frameset onload=alert(1)>",
    "<object data=x>",
    "<object data=\"javascript:x\"><b>y</b></object>",
    "<embed src=x>",
    "<applet code=x>",
    "<audio src=x onerror=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<video poster=javascript:x>",
    "<track src=x>",
    "<canvas id=x>",
    "<portal src=x>",
    "<fencedframe>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<form id=cookie><input name=x></form>",
    "<input autofocus onfocus=alert(1)>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<select onfocus=x><option>y</select>",
    "<textarea>x</textarea>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<label for=x>",
    "<keygen autofocus onfocus=x>",
    "<isindex action=javascript:x>",
    "<fieldset><legend>x</legend>",
    "<output for=x>",
    "<datalist id=x>",
    "<dialog open onclose=x>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<meta charset=utf-7>",
    "<base href=//x.cn/>",
    "<link rel=stylesheet href=//x.cn/x.css>",
    "<link rel=import href=x>",
    "<title>x</title>",
    "<head><style>x",
    "<body onload=alert(1)>",
    "<html onclick=x>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<style>@import '//x.cn/x.css';</style>",
    "<b style=\"position:fixed;inset:0\">x</b>",
    "<div style='background:url(x)'>x</div>",
    "<p style=x:expression(alert(1))>x</p>",
    "<font color=red>x</font>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\" javascript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"java&#10;script:alert(1)\">x</a>",
    "<a href=\"&#x6A;avascript:alert(1)\">x</a>",
    "<a href=\"&#0000106avascript:alert(1)\">x</a>",
    "<a href=\"javascript&colon;alert(1)\">x</a>",
    "<a href=\"&Tab;javascript:alert(1)\">x</a>",
    "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    "<a href=\"vbscript:x\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
    "<a href=\"blob:https://x\">x</a>",
    "<a href=\"filesystem:x\">x</a>",
    "<a href=\"file:///etc/passwd\">x</a>",
    "<a href=\"view-source:javascript:x\">x</a>",
    "<a href=\"jar:x\">x</a>",
    "<a href=x ping=y target=_blank onclick=z>x</a>",
    "<a href=x onclick = 'alert(1)' >x</a>",
    "<a id=cookie name=body href=x>x</a>",
    "<area href=javascript:x>",
    "<map name=x><area shape=default href=x></map>",
    "<b onclick=alert(1)>x</b>",
    "<b ONCLICK=alert(1)>x</b>",
    "<b\nonclick=alert(1)>x</b>",
    "<b/onclick=alert(1)>x</b>",
    "<b \"onclick=alert(1)>x</b>",
    "<b x='\" onclick=alert(1)'>x</b>",
    "<b title=\"\" onclick=\"x\">y</b>",
    "<div onpointerrawupdate=x>y</div>",
    "<details ontoggle=x open>y</details>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<div title=\"",
    "<div title='",
    "<div ",
    "<div",
    "<a href=\"",
    "<b title=\"><img src=x onerror=alert(1)>\">x</b>",
    "<!--",
    "<!-- --!><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>",
    "<!---><script>x</script>",
    "<!-- <script>x</script> -->",
    "<![CDATA[<script>x</script>]]>",
    "<!DOCTYPE html [<!ENTITY x 'y'>]>",
    "<?php echo 1 ?>",
    "<?xml-stylesheet href=x?>",
    "</ onclick=x>",
    "</b onclick=x>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<noembed><img src=x></noembed>",
    "<noframes><script>x</script></noframes>",
    "<xmp><script>x</script></xmp>",
    "<plaintext>",
    "<template><script>x</script></template>",
    "<template shadowrootmode=open><b>x</b>",
    "<slot name=x>",
    "<custom-element onclick=x>y</custom-element>",
    "<x:script>y</x:script>",
    "<listing><img src=x onerror=y></listing>",
    "<table><script>x</script></table>",
    "<table><tr><td background=javascript:x>y",
    "<table background=javascript:x>",
    "<select><style></select><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript\\:alert(1))",
    "[x](data:text/html,x)",
    "[x](vbscript:x)",
    "[x](\u{b}javascript:x)",
    "[x](\u{a0}javascript:x)",
    "[x](\u{feff}javascript:x)",
    "[x](\u{200b}javascript:x)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x]\n\n[x]: <javascript:alert(1)>",
    "<javascript:alert(1)>",
    "<JavaScript:alert(1)>",
    "<data:text/html,x>",
    "<x-custom:y>",
    "![x](javascript:alert(1))",
    "![x\" onerror=\"alert(1)](a.jpg)",
    "![x](a.jpg \"y\\\" onerror=\\\"z\")",
    "![<img src=x onerror=y>](a.jpg)",
    "![x](a.jpg'onerror=y)",
    "[<img src=x onerror=y>](b)",
    "[x](b \"c\\\" onclick=\\\"d\")",
    "[x](b\"onclick=\"c)",
    "[x](b'onclick='c)",
    "https://a.cn/\"onclick=x",
    "https://a.cn/<script>",
    "www.a.cn\"onclick=x",
    "`<script>`",
    "```\" onclick=\"x\n<script>\n```",
    "```<script>\nx\n```",
    "## x {#a\"onclick=x}",
    "## <img src=x onerror=y>",
    "## x {onclick=y .z #cookie}",
    "x[^\"onclick=y]\n\n[^\"onclick=y]: z",
    "- [x] \"><img src=x onerror=y>",
    "| <script> |\n|-|\n| \"><img src=x onerror=y> |",
    "> [!记住]<script>x</script>",
    "> [!<script>]\n> x",
    "{{ config }}",
    "{% include \"x\" %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "\0<script>x</script>",
    "<scr\0ipt>x</script>",
    "<b\0onclick=x>y</b>",
    "<a href=\"java\0script:x\">y</a>",
    "\u{fdd0}0\u{fdd1}",
    "<b title=\"yb0000-0;\">x</b>",
    "<div class=\"callout\" id=main>x</div>",
    "<h1 id=content>x</h1>",
    "</aside></main></body></html><script>x</script>",
    "</div></div></div><b>x</b>",
    "<b><i></b></i>",
    "<p><table><p>",
    "<ruby><rt><script>x</script></rt></ruby>",
];

#[test]
fn there_are_enough_of_them() {
    assert!(BODIES.len() > 150, "{}", BODIES.len());
}
