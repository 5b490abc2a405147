/// Those who want to know when paths change.
struct PathObservers {
    private var continuations: [AsyncStream<[PathSnapshot]>.Continuation] = []
    private var announced: [OnionPath.ID] = []

    mutating func add(current: [PathSnapshot]) -> AsyncStream<[PathSnapshot]> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: [PathSnapshot].self, bufferingPolicy: .bufferingNewest(1))
        continuation.yield(current)
        continuations.append(continuation)
        announced = current.map(\.id)
        return stream
    }

    /// Tells the observers, unless the paths are the ones they know; forgets observers that have left.
    mutating func announce(_ paths: @autoclosure () -> [PathSnapshot]) {
        guard !continuations.isEmpty else { return }
        let paths = paths()
        guard paths.map(\.id) != announced else { return }
        announced = paths.map(\.id)
        continuations.removeAll {
            if case .terminated = $0.yield(paths) { true } else { false }
        }
    }
}
