import Synchronization

/// Requests by a fixed number of callers, each of whom sends the next as soon as it has an answer.
struct NetworkLoad {
    let rate: Double
    private let ascending: [Duration]

    /// - Parameter body: sends request number `number` as caller number `caller`.
    static func run(
        _ count: Int, inFlight: Int,
        _ body: @escaping @Sendable (_ number: Int, _ caller: Int) async throws -> Void
    ) async throws -> NetworkLoad {
        let clock = ContinuousClock()
        let next = Atomic<Int>(0)
        let start = clock.now
        let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for caller in 0..<inFlight {
                group.addTask {
                    var times: [Duration] = []
                    while true {
                        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                        guard number < count else { return times }
                        times.append(try await clock.measure { try await body(number, caller) })
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return NetworkLoad(rate: Double(count) / ((clock.now - start) / .seconds(1)), ascending: times.sorted())
    }

    func percentile(_ share: Double) -> Duration {
        ascending.isEmpty ? .zero : ascending[min(ascending.count - 1, Int(Double(ascending.count) * share))]
    }

    /// Three columns of a Markdown table.
    var columns: String {
        let times = [0.5, 0.99].map { Figures.rounded(percentile($0) / .milliseconds(1)) }
        return "\(Int(rate.rounded())) | \(times[0]) | \(times[1])"
    }
}
