import FoundationEssentials

/// The directory of vector files: the one that `SESSION_VECTORS` names, else `Tests/Vectors`.
enum VectorDirectory {
    static let isOwn = ProcessInfo.processInfo.environment["SESSION_VECTORS"] == nil

    static let path =
        ProcessInfo.processInfo.environment["SESSION_VECTORS"]
        ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Vectors").path

    /// The kinds present: file names without `.json`.
    static let kinds: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
        .filter { $0.hasSuffix(".json") }
        .map { String($0.dropLast(5)) }
        .sorted()

    static func read(_ kind: String) throws -> Vector {
        try Vector(file: "\(path)/\(kind).json", named: kind)
    }
}
