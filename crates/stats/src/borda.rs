//! Ranking systems over several corpora: Borda's points and win rates.

use super::ranks::ranks;

/// The results of a system over all blocks (corpora). A system need not be in every
/// block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The sum of Borda's points: in each block the number of systems that it beats, with
    /// half a point for a tie and none if it is absent.
    pub borda: f64,
    /// The share of the other systems of a block that it beats, with one half for a tie:
    /// the mean over the blocks in which it has rivals. `None` if it has no rivals in any
    /// block.
    pub win_rate: Option<f64>,
}

/// Returns the standing of each system in blocks of one value per system, which is `None`
/// if the system is absent; higher values are better.
///
/// Borda (1781), *Mémoire sur les élections au scrutin*; the mean win rate is that of
/// Liang et al. (2023), *Holistic evaluation of language models*, TMLR. If every system
/// is in every block, one is a multiple of the other.
pub fn standings(blocks: &[Vec<Option<f64>>]) -> Vec<Standing> {
    let systems = blocks.iter().map(Vec::len).max().unwrap_or(0);
    let mut points = vec![0.0; systems];
    let mut rates = vec![(0.0, 0.0); systems];
    for block in blocks {
        let present: Vec<(usize, f64)> = block
            .iter()
            .enumerate()
            .filter_map(|(system, value)| Some((system, (*value)?)))
            .collect();
        let values: Vec<f64> = present.iter().map(|(_, value)| *value).collect();
        let rivals = values.len() as f64 - 1.0;

        for ((system, _), rank) in present.iter().zip(ranks(&values)) {
            let beaten = values.len() as f64 - rank;
            points[*system] += beaten;
            if rivals > 0.0 {
                rates[*system].0 += beaten / rivals;
                rates[*system].1 += 1.0;
            }
        }
    }

    points
        .into_iter()
        .zip(rates)
        .map(|(borda, (sum, count))| Standing {
            borda,
            win_rate: (count > 0.0).then(|| sum / count),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_behind_is_a_point() {
        let found = standings(&[
            vec![Some(0.3), Some(0.2), Some(0.1)],
            vec![Some(0.1), Some(0.1), Some(0.0)],
        ]);
        let points: Vec<f64> = found.iter().map(|standing| standing.borda).collect();
        assert_eq!(points, [3.5, 2.5, 0.0]);
        assert_eq!(found[0].win_rate, Some(0.875)); // 1 and 3/4
    }

    #[test]
    fn an_absent_system_gets_no_points_but_its_rate_is_of_where_it_is() {
        let found = standings(&[vec![Some(0.3), Some(0.2)], vec![None, Some(0.5)]]);
        assert_eq!(
            found[0],
            Standing {
                borda: 1.0,
                win_rate: Some(1.0)
            }
        );
        assert_eq!(
            found[1],
            Standing {
                borda: 0.0,
                win_rate: Some(0.0)
            }
        );
        assert!(standings(&[]).is_empty());
    }
}
