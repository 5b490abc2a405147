/// How long an operation takes, and its counterpart.
struct Figures {
    let name: String
    let toolkit: Duration
    let bare: Duration?

    /// The first two lines of a Markdown table.
    static let head = """
        | operation | µs | per second | bare µs | ratio |
        |---|---|---|---|---|
        """

    /// A row of a Markdown table.
    var row: String {
        let columns = [
            name, Self.microseconds(toolkit), String(perSecond), bare.map(Self.microseconds) ?? "",
            bare.map { Self.rounded(toolkit / $0) } ?? "",
        ]
        return "| " + columns.joined(separator: " | ") + " |"
    }

    /// Names have nothing in them that JSON escapes.
    var json: String {
        var members = [
            "\"operation\":\"\(name)\"", "\"microseconds\":\(Self.microseconds(toolkit))",
            "\"per_second\":\(perSecond)",
        ]
        if let bare {
            members += [
                "\"bare_microseconds\":\(Self.microseconds(bare))", "\"ratio\":\(Self.rounded(toolkit / bare))",
            ]
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private var perSecond: Int { Int((1 / (toolkit / .seconds(1))).rounded()) }

    static func microseconds(_ time: Duration) -> String { rounded(time / .microseconds(1)) }

    static func rounded(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
