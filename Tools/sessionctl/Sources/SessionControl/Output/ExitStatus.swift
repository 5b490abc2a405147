/// How a command ended. The numbers are a promise to scripts; the README lists them.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    case success = 0
    /// A bug, or a failure nobody foresaw.
    case internalError = 1
    /// No node or server could be reached, or time ran out. Worth another try.
    case network = 3
    /// A node or server refused.
    case refused = 4
    /// A node or server asks for fewer requests. Worth another try, later.
    case rateLimited = 5
    /// No such name or account.
    case notFound = 6
    /// A key without the right to do this.
    case denied = 7
    /// A decryption or signature check failed, or witnesses disagree.
    case unverified = 8
    /// The command line is wrong.
    case usage = 64
    /// The input is wrong: phrase, account ID, name, text, file content.
    case badInput = 65
    /// An input file is missing or cannot be read.
    case missingInput = 66
    /// Something cannot be written.
    case cannotCreate = 73
    /// Another process holds the data. Worth another try, later.
    case busy = 75
    /// The configuration is wrong.
    case configuration = 78
    /// Ended by SIGINT.
    case interrupted = 130
    /// Ended by SIGTERM.
    case terminated = 143

    /// Whether the same command may succeed later, unchanged.
    var isRetryable: Bool {
        switch self {
        case .network, .rateLimited, .busy: true
        default: false
        }
    }
}
