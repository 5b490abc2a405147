import Synchronization

/// What a server or a callback saw, in order.
final class Record<Element: Sendable>: Sendable {
    private let seen = Mutex<[Element]>([])

    var all: [Element] { seen.withLock { $0 } }

    func append(_ element: Element) { seen.withLock { $0.append(element) } }
}
