public import SessionInterfaces

/// How far each node has been read, namespace by namespace, for one account. A place in one node's order means nothing
/// to another node, and nothing to the same node once the message there has expired.
/// Follows protocol document 02, section 5.2.
public struct PollCursors: Hashable, Sendable {
    /// One place, as a store keeps it.
    public struct Entry: Hashable, Sendable {
        public let node: Ed25519PublicKey
        public let namespace: Namespace
        public let cursor: RetrievedBatch.Cursor

        public init(node: Ed25519PublicKey, namespace: Namespace, cursor: RetrievedBatch.Cursor) {
            self.node = node
            self.namespace = namespace
            self.cursor = cursor
        }
    }

    private struct Key: Hashable {
        let node: Ed25519PublicKey
        let namespace: Namespace
    }

    private var cursors: [Key: RetrievedBatch.Cursor] = [:]

    public init(_ entries: some Sequence<Entry> = []) {
        for entry in entries { keep(entry) }
    }

    public var entries: [Entry] {
        cursors.map { Entry(node: $0.key.node, namespace: $0.key.namespace, cursor: $0.value) }
    }

    /// Replaces the place that was kept before.
    public mutating func keep(_ entry: Entry) {
        cursors[Key(node: entry.node, namespace: entry.namespace)] = entry.cursor
    }

    /// Where `node` shall continue in each of `namespaces`; nothing where it has to begin.
    public func places(
        at node: Ed25519PublicKey, _ namespaces: [Namespace], now: Timestamp
    ) -> [Namespace: MessageHash] {
        namespaces.reduce(into: [:]) { places, namespace in
            guard let cursor = cursors[Key(node: node, namespace: namespace)], cursor.expiry > now else { return }
            places[namespace] = cursor.hash
        }
    }

    /// Forgets places that nodes have forgotten.
    public mutating func removeExpired(at now: Timestamp) {
        cursors = cursors.filter { $0.value.expiry > now }
    }

    /// Forgets one node's places, for example because they turned out to be wrong.
    public mutating func removeAll(of node: Ed25519PublicKey) {
        cursors = cursors.filter { $0.key.node != node }
    }
}
