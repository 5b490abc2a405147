import Glibc
import Synchronization

/// Requests by a fixed number of callers, each of whom sends the next as soon as it has an answer.
struct NetworkLoad {
    let rate: Double
    /// Processor time of the whole process for each request: what a busy machine changes least.
    let effort: Duration
    private let ascending: [Duration]

    /// - Parameter body: sends request number `number` as caller number `caller`.
    static func run(
        _ count: Int, inFlight: Int,
        _ body: @escaping @Sendable (_ number: Int, _ caller: Int) async throws -> Void
    ) async throws -> NetworkLoad {
        let clock = ContinuousClock()
        let queue = Queue()
        let (start, effort) = (clock.now, processorTime)
        let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for caller in 0..<inFlight {
                group.addTask {
                    var times: [Duration] = []
                    while true {
                        let number = queue.next()
                        guard number < count else { return times }
                        times.append(try await clock.measure { try await body(number, caller) })
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return NetworkLoad(
            rate: Double(count) / ((clock.now - start) / .seconds(1)), effort: (processorTime - effort) / max(1, count),
            ascending: times.sorted())
    }

    /// Numbers the requests.
    private final class Queue: Sendable {
        private let number = Atomic<Int>(0)

        func next() -> Int { number.wrappingAdd(1, ordering: .relaxed).oldValue }
    }

    func percentile(_ share: Double) -> Duration {
        ascending.isEmpty ? .zero : ascending[min(ascending.count - 1, Int(Double(ascending.count) * share))]
    }

    /// Four columns of a Markdown table.
    var columns: String {
        let times = [0.5, 0.99].map { Figures.rounded(percentile($0) / .milliseconds(1)) }
        return "\(Int(rate.rounded())) | \(times[0]) | \(times[1]) "
            + "| \(Figures.rounded(effort / .milliseconds(1)))"
    }

    private static var processorTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
