import SessionInterfaces

/// Secret text, such as a recovery phrase, kept as UTF-8 in guarded memory.
public struct SecretText: Sendable {
    /// The text's UTF-8 bytes.
    public let utf8: SecretBytes

    /// Keeps `utf8` as text. Bytes that are no UTF-8 appear as replacement characters when revealed.
    public init(utf8: SecretBytes) { self.utf8 = utf8 }

    /// Copies `text`, which itself lies in ordinary memory.
    public init(_ text: String) {
        utf8 = SecretBytes(count: text.utf8.count) { $0.copyBytes(from: text.utf8) }
    }

    /// Lends the UTF-8 bytes to `body`, which must not let them escape.
    public func withUnsafeText<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try utf8.withUnsafeBytes(body)
    }

    /// A copy in ordinary memory, which nothing overwrites: for the one place that shows the text to its owner.
    public func revealed() -> String {
        withUnsafeText { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether both are the same text, byte for byte, in constant time.
    public func isEqual(to other: SecretText) -> Bool { utf8.isEqual(to: other.utf8) }
}

extension SecretText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "SecretText(\(utf8.count) bytes)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
