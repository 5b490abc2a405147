import FoundationEssentials

/// A new directory for one check.
struct TemporaryDirectory {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/store-conformance-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    func remove() {
        // What is left behind does no harm.
        try? FileManager.default.removeItem(atPath: path)
    }
}
