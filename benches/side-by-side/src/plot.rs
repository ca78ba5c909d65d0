//! The picture `docs/performance.svg`.

use std::fmt::{self, Write};

use crate::{framework::frameworks, measured::Measured};

/// Of the whole picture, and of what is inside.
const WIDTH: f64 = 720.0;
const LEFT: f64 = 160.0;
const BARS: f64 = 500.0;
const ROW: f64 = 44.0;
const TOP: f64 = 52.0;

/// The longest bar.
const LONGEST: f64 = 10_000.0;

/// A bar chart of the instructions that each library adds to an actual request. Its colors have
/// medium lightness and its background is transparent, so it works on light and dark pages.
pub fn plot(measured: &Measured) -> String {
    let mut plot = String::new();
    write_plot(&mut plot, measured).expect("a string takes what is written");
    plot
}

fn write_plot(plot: &mut String, measured: &Measured) -> fmt::Result {
    let count = frameworks().count() as f64;
    let (height, bottom) = (TOP + ROW * count + 30.0, TOP + ROW * count);
    writeln!(
        plot,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"13\" fill=\"#808080\">\n\
         <title>What each library adds to an actual request, in instructions</title>\n\
         <text x=\"{LEFT}\" y=\"20\">instructions added to an actual request: \
         <tspan fill=\"#d97706\">■ theirs</tspan> <tspan fill=\"#2f81d6\">■ ours</tspan></text>",
    )?;
    for count in [2_500.0, 5_000.0, 7_500.0, 10_000.0] {
        let x = LEFT + length(count);
        writeln!(
            plot,
            "<path d=\"M{x:.0} {TOP}V{bottom}\" stroke=\"#808080\" stroke-opacity=\"0.4\"/>\
             <text x=\"{x:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{count}</text>",
            bottom + 18.0,
        )?;
    }
    for (framework, nth) in frameworks().zip(0..) {
        let y = TOP + ROW * f64::from(nth);
        let name = framework.name;
        writeln!(
            plot,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{name}</text>",
            LEFT - 8.0,
            y + 21.0
        )?;
        for (side, colour, down) in [("theirs", "#d97706", 3.0), ("ours", "#2f81d6", 19.0)] {
            let Some(added) = measured.added(name, "actual", side) else { continue };
            let y = y + down;
            writeln!(
                plot,
                "<rect x=\"{LEFT}\" y=\"{y:.0}\" width=\"{:.1}\" height=\"14\" fill=\"{colour}\"/>\
                 <text x=\"{:.1}\" y=\"{:.0}\">{added:.0}</text>",
                length(added),
                LEFT + length(added) + 5.0,
                y + 12.0,
            )?;
        }
    }
    plot.push_str("</svg>\n");
    Ok(())
}

/// To scale, as far as the picture goes. A longer bar ends at its edge, with its figure.
fn length(count: f64) -> f64 {
    (count / LONGEST).clamp(0.0, 1.0) * BARS
}
