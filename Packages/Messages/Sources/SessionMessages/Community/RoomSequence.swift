/// How a community's room numbers its changes, and what has changed since a number. Follows protocol document 04,
/// section 1.13. The server's side: for servers of one's own.
public struct RoomSequence: Hashable, Sendable {
    /// A message, or the place of a deleted one.
    public struct Entry: Hashable, Sendable {
        public let id: Int64
        /// The number of the post.
        public let createdAt: Int64
        /// The number of the last change.
        public internal(set) var changedAt: Int64
        public internal(set) var isDeleted: Bool
    }

    /// The number of the room's last change.
    public private(set) var last: Int64 = 0
    private var entries: [Entry] = []

    public init() {}

    /// Takes in a new message.
    public mutating func post() -> Entry {
        last += 1
        let entry = Entry(id: Int64(entries.count) + 1, createdAt: last, changedAt: last, isDeleted: false)
        entries.append(entry)
        return entry
    }

    /// Nothing happens to a message that is not there any more, or never was.
    public mutating func delete(_ id: Int64) {
        change(id) { $0.isDeleted = true }
    }

    /// Nothing happens to a message that is not there any more, or never was.
    public mutating func edit(_ id: Int64) {
        change(id) { _ in }
    }

    /// What changed after `number`, the earliest change first. Deleted messages are left out unless whoever asks can know
    /// of them.
    public func changes(since number: Int64, limit: Int = 256) -> [Entry] {
        let changes = entries.filter { $0.changedAt > number && (!$0.isDeleted || $0.createdAt <= number) }
        return Array(changes.sorted { $0.changedAt < $1.changedAt }.prefix(max(limit, 0)))
    }

    private mutating func change(_ id: Int64, _ body: (inout Entry) -> Void) {
        guard let index = entries.firstIndex(where: { $0.id == id && !$0.isDeleted }) else { return }
        last += 1
        entries[index].changedAt = last
        body(&entries[index])
    }
}

/// How far a client has followed a room. Follows protocol document 04, section 1.13.
public struct RoomProgress: Hashable, Sendable {
    /// The highest number received: ask for what came after it. Nil before the first answer: ask for the recent ones.
    public private(set) var last: Int64?

    public init(last: Int64? = nil) { self.last = last }

    /// Notes an answer.
    /// - Parameters:
    ///   - numbers: The numbers of all its entries, also of those that cannot be used.
    ///   - limit: How many entries were asked for.
    /// - Returns: Whether to ask again at once.
    public mutating func note(_ numbers: [Int64], limit: Int) -> Bool {
        let before = last
        if let highest = numbers.max() { last = max(highest, last ?? highest) }
        // An answer that brings nothing on is no reason to ask again, or a server could keep a client asking.
        return numbers.count >= limit && last != before
    }
}
