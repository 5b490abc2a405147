/// One operation of the toolkit beside the bare library calls that it needs.
struct Comparison {
    let name: String
    let toolkit: () async throws -> Void
    /// Nil for what has no counterpart.
    let bare: (() throws -> Void)?

    init(_ name: String, _ toolkit: @escaping () async throws -> Void, bare: (() throws -> Void)? = nil) {
        self.name = name
        self.toolkit = toolkit
        self.bare = bare
    }

    /// Measures both sides in turn, so that a busy machine hits them alike, and keeps the best round of each.
    func measure(rounds: Int = 30, roundTime: Duration = .milliseconds(20)) async throws -> Figures {
        let clock = ContinuousClock()
        let once = try await clock.measure { for _ in 0..<20 { try await toolkit() } } / 20
        let repetitions = max(1, Int(roundTime / max(once, .nanoseconds(1))))
        var (best, bestBare) = (Duration.seconds(1_000_000), Duration.seconds(1_000_000))
        for _ in 0..<rounds {
            let time = try await clock.measure { for _ in 0..<repetitions { try await toolkit() } }
            best = min(best, time / repetitions)
            guard let bare else { continue }
            bestBare = min(bestBare, try clock.measure { for _ in 0..<repetitions { try bare() } } / repetitions)
        }
        return Figures(name: name, toolkit: best, bare: bare == nil ? nil : bestBare)
    }
}
