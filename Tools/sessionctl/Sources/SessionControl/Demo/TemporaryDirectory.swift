import FoundationEssentials
import Glibc

/// A directory for the owner alone that is gone afterwards.
enum TemporaryDirectory {
    static func with<R: Sendable>(_ body: (String) async throws -> R) async throws -> R {
        let base = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
        var template = Array("\(base)/sessionctl-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ControlError(
                .unwritableFile, "cannot make a directory in \(base): \(String(cString: strerror(errno)))")
        }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }
}
