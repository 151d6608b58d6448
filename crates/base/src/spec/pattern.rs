//! Patterns of names.

/// Returns whether a name is that of a pattern in which `*` stands for any text; a name
/// without parameters is that of the system or metric with any parameters.
pub fn is_named(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty() || rest.starts_with('(');
    };
    for part in middle {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text_and_a_name_for_its_parameters() {
        for (pattern, name) in [
            ("lead", "lead"),
            ("text-rank", "text-rank(damping=0.5)"),
            ("*rank*", "text-rank(damping=0.5)"),
            ("text-*0.5)", "text-rank(damping=0.5)"),
            ("*", "anything"),
        ] {
            assert!(is_named(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("lead", "lead-one"), ("*x", "lead"), ("a*b*c", "acb")] {
            assert!(!is_named(pattern, name), "{pattern} {name}");
        }
    }
}
