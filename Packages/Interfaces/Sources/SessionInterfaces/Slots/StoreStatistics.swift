/// What there is to know of a store as a whole.
public struct StoreStatistics: Hashable, Sendable {
    /// The backend's name.
    public var backend: String
    /// Version of the form in which the backend keeps its data; 0 for a store without a medium.
    public var formatVersion: Int
    /// Number of entries by table.
    public var entries: [StoreTable: Int]
    /// Bytes used on the medium, or in memory for a store without one.
    public var size: Int
    /// Those of `size` that hold nothing any more; later writes use them, and compacting gives them back.
    public var reusable: Int

    public init(backend: String, formatVersion: Int = 0, entries: [StoreTable: Int], size: Int, reusable: Int = 0) {
        self.backend = backend
        self.formatVersion = formatVersion
        self.entries = entries
        self.size = size
        self.reusable = reusable
    }
}
