import Glibc

/// How much the suite tries.
public struct ConformanceScale: Hashable, Sendable {
    /// Entries of the check with many of them. `STORE_CONFORMANCE_KEYS`.
    public var keys: Int
    /// How often a worker is killed while it writes. `STORE_CONFORMANCE_CRASHES`.
    public var crashes: Int
    /// Places at which files are damaged. `STORE_CONFORMANCE_DAMAGES`.
    public var damages: Int

    public init(keys: Int = 20_000, crashes: Int = 6, damages: Int = 24) {
        self.keys = keys
        self.crashes = crashes
        self.damages = damages
    }

    /// What the variables of the environment say; small numbers otherwise, for a run at every change.
    public static var environment: ConformanceScale {
        var scale = ConformanceScale()
        scale.keys = number("STORE_CONFORMANCE_KEYS") ?? scale.keys
        scale.crashes = number("STORE_CONFORMANCE_CRASHES") ?? scale.crashes
        scale.damages = number("STORE_CONFORMANCE_DAMAGES") ?? scale.damages
        return scale
    }

    private static func number(_ variable: String) -> Int? {
        getenv(variable).flatMap { Int(String(cString: $0)) }.flatMap { $0 > 0 ? $0 : nil }
    }
}
