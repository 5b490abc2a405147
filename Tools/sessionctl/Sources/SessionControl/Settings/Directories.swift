import FoundationEssentials

/// Where files belong, by the XDG base directory rules. Relative values in the variables are ignored, as they demand.
enum Directories {
    /// Accounts and their messages.
    static var data: String { base("XDG_DATA_HOME", ".local/share") + "/sessionctl" }

    /// What can be fetched again.
    static var cache: String { base("XDG_CACHE_HOME", ".cache") + "/sessionctl" }

    /// The configuration file.
    static var configuration: String { base("XDG_CONFIG_HOME", ".config") + "/sessionctl" }

    private static func base(_ variable: String, _ fallback: String) -> String {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment[variable], path.hasPrefix("/") { return path }
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/"
        return home + (home.hasSuffix("/") ? "" : "/") + fallback
    }
}
