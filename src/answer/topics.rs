//! The nearest topics when there is no answer: titles and headings of the folder that share most with the question.

use super::model::Topic;
use crate::question::Question;
use crate::retrieval::{Candidate, holds};

/// Topics offered, at the most.
const MAX_TOPICS: usize = 4;

/// Titles of the documents whose passages came nearest, best first.
pub fn nearest(question: &Question, candidates: &[Candidate<'_>]) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for candidate in candidates {
        let shares = candidate.context.headings.iter().any(|heading| {
            heading
                .terms
                .iter()
                .any(|held| question.subject_terms().any(|term| holds(term, &|wanted| wanted == *held) > 0.0))
        });
        let topic = Topic {
            label: candidate.context.document.title.clone(),
            document: candidate.context.document.path.clone(),
        };
        if shares && !topics.contains(&topic) {
            topics.push(topic);
            if topics.len() == MAX_TOPICS {
                break;
            }
        }
    }
    topics
}
