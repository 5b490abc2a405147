/// Why a retry waits.
public enum RetryPause: Hashable, Sendable {
    /// A path failed: another may do at once, but a crowd of clients shall not hammer.
    case brief
    /// A relay asked to send less.
    case rateLimit
    /// There is no path.
    case offline
}

/// How long retries wait. Follows protocol document 02, sections 5.5 and 7.
public struct RetryPauses: Hashable, Sendable {
    /// The first pause of each kind; the next ones double up to a limit.
    public var brief: Duration
    public var rateLimit: Duration
    public var offline: Duration

    public init(
        brief: Duration = .milliseconds(100), rateLimit: Duration = .seconds(1), offline: Duration = .milliseconds(200)
    ) {
        self.brief = brief
        self.rateLimit = rateLimit
        self.offline = offline
    }

    /// No waiting at all, for tests.
    public static let none = RetryPauses(brief: .zero, rateLimit: .zero, offline: .zero)

    /// - Parameter failures: Attempts that have failed so far, 1 or more.
    public func duration(_ pause: RetryPause, after failures: Int) -> Duration {
        let factor = 1 << max(0, min(failures - 1, 10))
        return switch pause {
        case .brief: min(brief * factor, .seconds(2))
        case .rateLimit: min(rateLimit * factor, .seconds(8))
        case .offline: min(offline * factor, .seconds(5))
        }
    }
}
