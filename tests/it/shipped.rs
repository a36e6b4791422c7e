//! The decks inside the program.

use greenroom::card::{Card, Kind};
use greenroom::grader::check;
use greenroom::library::{Library, Places};

/// Ids are identities: whoever changes one takes the reviews of a card away from every learner.
const ECS: [&str; 16] = [
    "what-is-ecs",
    "ecs-main-components",
    "task-role-vs-execution-role",
    "fargate-vs-ec2",
    "service-auto-scaling",
    "task-definition-components",
    "securing-ecs-tasks",
    "network-modes",
    "load-balancer-integration",
    "container-agent",
    "environment-variables-and-secrets",
    "rolling-update-without-downtime",
    "capacity-providers",
    "task-placement",
    "ecs-vs-eks",
    "rds-secret-which-role",
];

fn library() -> Library {
    Library::open(&Places { built_in: true, ..Places::default() }, None)
}

fn cards(deck: &str) -> Vec<Card> {
    let library = library();
    let shelf = library.shelf(&deck.parse().expect("an id")).expect("a shipped deck");
    library.cards(shelf).expect("its cards")
}

#[test]
fn every_shipped_deck_is_used_whole_and_has_no_finding() {
    let library = library();
    let found: Vec<_> = library.problems().iter().map(|problem| &problem.diagnostic.message).collect();
    assert!(found.is_empty(), "{found:?}");
    assert!(library.decks().iter().all(|shelf| !shelf.cards.is_empty()));
}

#[test]
fn every_shipped_answer_names_its_sources_and_the_day_it_was_checked() {
    for shelf in library().decks() {
        for card in cards(shelf.id.as_str()) {
            let is_page = |source: &greenroom::text::Safe| source.as_str().starts_with("https://docs.aws.amazon.com/");
            assert!(!card.sources.is_empty() && card.sources.iter().any(is_page), "{}", card.id);
            assert!(card.checked.is_some() && card.level.is_some() && !card.tags.is_empty(), "{}", card.id);
        }
    }
}

#[test]
fn the_ecs_deck_asks_its_sixteen_questions_under_their_ids() {
    let ids: Vec<_> = cards("aws-ecs").into_iter().map(|card| card.id.to_string()).collect();
    assert_eq!(ids, ECS);
}

#[test]
fn the_points_of_the_ecs_deck_can_be_marked_and_asked_again() {
    for card in cards("aws-ecs") {
        let Kind::Recall(recall) = &card.kind else { panic!("{} is no question", card.id) };
        assert!(recall.points.len() >= 3 && recall.points.iter().any(|point| point.weight == 3), "{}", card.id);
        for point in &recall.points {
            assert!(point.accept.len() >= 4, "{}/{}", card.id, point.id);
            assert!(point.weight == 1 || point.probe.is_some(), "{}/{}", card.id, point.id);
        }
        for wrong in &recall.misconceptions {
            assert!(wrong.correction.is_some() && wrong.accept.len() >= 3, "{}/{}", card.id, wrong.id);
        }
    }
}

#[test]
fn each_command_is_marked_as_right_in_each_of_its_ways() {
    let cards = cards("ecs-commands");
    assert!(cards.len() >= 12);
    for card in &cards {
        let score = |answer: &str| check(card, answer).expect("gaps or code").score;
        assert_eq!((score(card.model_answer().as_str()), score("")), (100.0, 0.0), "{}", card.id);
        match &card.kind {
            Kind::Recall(_) | Kind::Choice(_) => panic!("{} is another kind", card.id),
            Kind::Cloze(cloze) => {
                let words: Vec<_> = cloze.gaps().map(|gap| gap.words.as_str()).collect();
                assert!(score(&words.join("\n")) > 99.9, "{}", card.id);
            }
            Kind::Code(code) => {
                for way in &code.accept {
                    assert!(score(way.as_str()) > 99.9, "{}: {way}", card.id);
                }
                assert!(score("aws s3 ls") < 50.0, "{}", card.id);
            }
        }
    }
}

#[test]
fn the_secret_of_the_database_is_answered_for_both_roles() {
    let cards = cards("aws-ecs");
    let card = cards.last().expect("the last card");
    let answer = card.model_answer();
    for part in ["secretsmanager:GetSecretValue", "\"secrets\"", "taskRoleArn", "executionRoleArn", "-AbCdEf"] {
        assert!(answer.as_str().contains(part), "{part}");
    }
}

#[test]
fn the_role_exercise_shows_for_each_scenario_what_decides() {
    let cards = cards("task-or-execution");
    let (mut basic, mut twins) = ([0, 0], 0);
    for card in &cards {
        let Kind::Choice(choice) = &card.kind else { panic!("{} is no scenario", card.id) };
        let words = choice.scenario.as_str().split_whitespace().count();
        assert!((15..=60).contains(&words), "{}: {words} words", card.id);
        assert!(matches!(choice.evidence.len(), 1 | 2) && choice.why.is_some(), "{}", card.id);
        let starts = ["Who calls: ", "When: ", "Field: "];
        assert!(choice.facts.len() == 3 && choice.detail.is_some() && choice.flip.is_some(), "{}", card.id);
        assert!(choice.facts.iter().zip(starts).all(|(fact, start)| fact.as_str().starts_with(start)), "{}", card.id);
        assert_eq!(choice.right.len(), 1, "{}", card.id);
        match choice.right[0].as_str() {
            "task" => basic[0] += 1,
            "execution" => basic[1] += 1,
            _ => {}
        }
        let Some(pair) = &choice.pair else { continue };
        let twin = cards.iter().find(|card| card.id == *pair).expect("a twin");
        let Kind::Choice(other) = &twin.kind else { panic!("{} is no scenario", twin.id) };
        assert!(other.pair.as_ref() == Some(&card.id) && other.right != choice.right, "{}", card.id);
        twins += 1;
    }
    assert!(basic.iter().all(|&count| count >= 30) && cards.len() - basic[0] - basic[1] >= 36, "{basic:?}");
    assert!(twins >= 2 * 25, "{twins} have a twin");
}
