/// One operation of the toolkit beside the bare library calls that it needs.
struct Comparison {
    let name: String
    let toolkit: () throws -> Void
    /// Nil for what has no counterpart.
    let bare: (() throws -> Void)?

    init(_ name: String, _ toolkit: @escaping () throws -> Void, bare: (() throws -> Void)? = nil) {
        self.name = name
        self.toolkit = toolkit
        self.bare = bare
    }

    struct Figures {
        let name: String
        let toolkit: Duration
        let bare: Duration?

        /// A row of a Markdown table.
        var row: String {
            let perSecond = 1 / (toolkit / .seconds(1))
            let columns = [
                name, Self.microseconds(toolkit), "\(Int(perSecond.rounded()))", bare.map(Self.microseconds) ?? "",
                bare.map { Self.rounded(toolkit / $0) } ?? "",
            ]
            return "| " + columns.joined(separator: " | ") + " |"
        }

        private static func microseconds(_ time: Duration) -> String { rounded(time / .microseconds(1)) }

        private static func rounded(_ value: Double) -> String {
            let hundredths = Int((value * 100).rounded())
            let fraction = hundredths % 100
            return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
        }
    }

    /// Measures both sides in turn, so that a busy machine hits them alike, and keeps the best round of each.
    func measure(rounds: Int = 30, roundTime: Duration = .milliseconds(20)) throws -> Figures {
        let clock = ContinuousClock()
        let once = try clock.measure { for _ in 0..<20 { try toolkit() } } / 20
        let repetitions = max(1, Int(roundTime / max(once, .nanoseconds(1))))
        var (best, bestBare) = (Duration.seconds(1_000_000), Duration.seconds(1_000_000))
        for _ in 0..<rounds {
            best = min(best, try clock.measure { for _ in 0..<repetitions { try toolkit() } } / repetitions)
            guard let bare else { continue }
            bestBare = min(bestBare, try clock.measure { for _ in 0..<repetitions { try bare() } } / repetitions)
        }
        return Figures(name: name, toolkit: best, bare: bare == nil ? nil : bestBare)
    }
}
