use super::*;

/// Every link leads where it says, no picture exists.
pub(crate) struct Plain;

impl HtmlContext for Plain {
    fn link(&self, target: &str) -> Option<String> {
        Some(target.to_owned())
    }
    fn picture(&self, target: &str) -> Option<PictureHtml> {
        let src = target.to_owned();
        Some(PictureHtml { src, srcset: vec![("a-480.jpg".to_owned(), 480)], width: 480, height: 300 })
    }
}
