//! What readers see while there is no site to be shown: on purpose, or because none was built yet.
//!
//! Invariant: it says when to come again, to people and to programs, and is never kept.

use super::security::Security;
use hyper::StatusCode;
use hyper::header::{self, HeaderMap, HeaderValue};

/// After how many seconds programs may ask again.
pub const RETRY_SECONDS: u32 = 120;

/// The page, which needs nothing else.
pub const PAGE: &str = "<!doctype html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
<title>网站正在维护</title>\n<style>body{font:1.25rem/1.8 sans-serif;max-width:34em;margin:15vh auto;padding:0 1em;color:#222;background:#fff}\
strong{color:#b00}</style>\n<h1>网站正在维护</h1>\n<p>过几分钟再来看。刷新一下就好，不用做别的。</p>\n\
<p>遇到急事不要等网页：<strong>报警 110，急救 120，火警 119。</strong></p>\n\
<p lang=\"en\">This site is being looked after. Please come back in a few minutes. In an emergency call 110.</p>\n</html>\n";

/// Status and head of the answer.
pub fn head(security: &Security) -> (StatusCode, HeaderMap) {
    let mut head = HeaderMap::new();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    head.insert(header::CONTENT_LENGTH, PAGE.len().into());
    head.insert(header::RETRY_AFTER, RETRY_SECONDS.into());
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    security.put_into(&mut head);
    (StatusCode::SERVICE_UNAVAILABLE, head)
}
