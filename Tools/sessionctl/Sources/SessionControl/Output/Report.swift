/// A result that a command prints: words for people, an object for programs.
protocol Report: Encodable, Sendable {
    /// One or more lines without the final line break.
    var text: String { get }
}
