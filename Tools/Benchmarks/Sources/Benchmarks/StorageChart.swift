/// Bars of how fast the toolkit is beside the bare library, as SVG.
struct StorageChart {
    private var bars: [(name: String, speed: Double)] = []

    mutating func add(_ name: String, _ speed: Double) { bars.append((name, speed)) }

    var svg: String {
        let (rowHeight, labelWidth, unit, top) = (22, 300, 260, 40)
        let height = top + bars.count * rowHeight + 20
        let line = labelWidth + unit
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"\(height)\" font-family=\"sans-serif\" "
                + "font-size=\"12\">",
            "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
            "<text x=\"10\" y=\"20\" font-size=\"14\">Speed of stores; the bare C library in the same run is 1</text>",
        ]
        for (row, bar) in bars.enumerated() {
            let y = top + row * rowHeight
            let width = Int(min(bar.speed, 1.6) * Double(unit))
            let colour = bar.name.hasPrefix("lmdb") ? "#3b6ea5" : "#c8762b"
            let speed = "\(Int(bar.speed * 100)) %"
            lines.append("<text x=\"\(labelWidth - 8)\" y=\"\(y + 15)\" text-anchor=\"end\">\(bar.name)</text>")
            lines.append(
                "<rect x=\"\(labelWidth)\" y=\"\(y + 3)\" width=\"\(width)\" height=\"\(rowHeight - 6)\" "
                    + "fill=\"\(colour)\"/>")
            lines.append("<text x=\"\(labelWidth + width + 6)\" y=\"\(y + 15)\">\(speed)</text>")
        }
        lines.append(
            "<line x1=\"\(line)\" y1=\"\(top - 6)\" x2=\"\(line)\" y2=\"\(height - 14)\" stroke=\"#444\" "
                + "stroke-dasharray=\"3 3\"/>")
        return (lines + ["</svg>", ""]).joined(separator: "\n")
    }
}
