/// A line chart as SVG: a share of messages over a share of nodes.
struct Chart {
    struct Line {
        let name: String
        let colour: String
        let points: [(x: Double, y: Double)]
    }

    let title: String
    let xLabel: String
    let yLabel: String
    let lines: [Line]

    private static let (width, height, left, top, right, bottom) = (720.0, 420.0, 70.0, 48.0, 24.0, 56.0)
    private static let maximumX = 0.3

    var svg: String {
        let parts =
            [Self.header, text(Self.left, 26, title, size: 16, weight: "600")] + grid + lines.map(polyline) + legend
            + labels
        return (parts + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private static let header =
        #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 420" font-family="sans-serif">"#
        + #"<rect width="720" height="420" fill="white"/>"#

    private func x(_ value: Double) -> Double {
        Self.left + value / Self.maximumX * (Self.width - Self.left - Self.right)
    }

    private func y(_ value: Double) -> Double { Self.top + (1 - value) * (Self.height - Self.top - Self.bottom) }

    private var grid: [String] {
        let horizontal = stride(from: 0.0, through: 1, by: 0.2).flatMap { value in
            [
                rule(x(0), y(value), x(Self.maximumX), y(value)),
                text(Self.left - 8, y(value) + 4, percent(value), anchor: "end"),
            ]
        }
        let vertical = stride(from: 0.0, through: Self.maximumX + 0.001, by: 0.05).flatMap { value in
            [
                rule(x(value), y(0), x(value), y(1)),
                text(x(value), Self.height - Self.bottom + 18, percent(value), anchor: "middle"),
            ]
        }
        return horizontal + vertical
    }

    private func polyline(_ line: Line) -> String {
        let points = line.points.map { "\(rounded(x($0.x))),\(rounded(y($0.y)))" }.joined(separator: " ")
        let dots = line.points.map {
            #"<circle cx="\#(rounded(x($0.x)))" cy="\#(rounded(y($0.y)))" r="3.5" fill="\#(line.colour)"/>"#
        }
        return #"<polyline points="\#(points)" fill="none" stroke="\#(line.colour)" stroke-width="2"/>"# + dots.joined()
    }

    private var legend: [String] {
        lines.enumerated().map { number, line in
            let height = Self.height - Self.bottom - 20 - Double(lines.count - 1 - number) * 20
            return #"<rect x="90" y="\#(height - 8)" width="14" height="4" fill="\#(line.colour)"/>"#
                + text(112, height, line.name)
        }
    }

    private var labels: [String] {
        [
            text((Self.left + Self.width) / 2, Self.height - 12, xLabel, anchor: "middle"),
            #"<text transform="translate(18 \#(Self.height / 2)) rotate(-90)" text-anchor="middle" font-size="12">"#
                + "\(yLabel)</text>",
        ]
    }

    private func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
        #"<line x1="\#(rounded(x1))" y1="\#(rounded(y1))" x2="\#(rounded(x2))" y2="\#(rounded(y2))" stroke="gainsboro"/>"#
    }

    private func text(
        _ x: Double, _ y: Double, _ words: String, size: Int = 12, weight: String = "400", anchor: String = "start"
    ) -> String {
        #"<text x="\#(rounded(x))" y="\#(rounded(y))" font-size="\#(size)" font-weight="\#(weight)" "#
            + #"text-anchor="\#(anchor)">\#(words)</text>"#
    }

    private func percent(_ value: Double) -> String { "\(Int((value * 100).rounded())) %" }

    private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
