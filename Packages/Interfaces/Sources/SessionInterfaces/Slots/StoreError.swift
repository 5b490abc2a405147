/// What a store could not do.
public struct StoreError: CodedError {
    public enum Code: String, Sendable {
        /// Another process holds the store.
        case locked = "store_locked"
        /// The store was closed.
        case closed = "store_closed"
        /// A key is empty or too long.
        case invalidKey = "store_invalid_key"
        /// A value is too large.
        case valueTooLarge = "store_value_too_large"
        /// A table's name breaks the rules.
        case invalidTable = "store_invalid_table"
        /// A file is damaged, or is no store.
        case corrupted = "store_corrupted"
        /// The file was written by a later version.
        case unsupportedVersion = "store_unsupported_version"
        /// The store was opened for reading alone.
        case readOnly = "store_read_only"
        /// The store is sealed, and neither passphrase nor key was given; or it is not, and one was.
        case sealed = "store_sealed"
        /// The passphrase or key does not open the sealed store. Its data is not damaged.
        case wrongKey = "store_wrong_key"
        /// The store has data where there should be none yet.
        case occupied = "store_occupied"
        /// The medium is full.
        case full = "store_full"
        /// The file or directory cannot be opened, made or written.
        case inaccessible = "store_inaccessible"
        /// Anything else the backend could not do.
        case failed = "store_failed"
    }

    public let code: Code
    public let message: String
    public let underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }
}
