import FoundationEssentials
import Glibc

/// Reading what the user hands in.
enum InputFile {
    /// The bytes of the file at `path`, or of standard input for `-`.
    /// - Throws: `ControlError(.unreadableFile)`, also when there are more than `limit` bytes.
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let name = path == "-" ? "standard input" : path
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ControlError(.unreadableFile, "cannot read \(name): \(String(cString: strerror(errno)))")
        }
        defer { if path != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ControlError(.unreadableFile, "cannot read \(name): \(String(cString: strerror(errno)))")
            }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
        throw ControlError(.unreadableFile, "\(name) is larger than \(limit) bytes")
    }

    /// Largest text that is read, in bytes: far beyond any message, so that a message too long is called that.
    private static let textLimit = 1 << 20

    /// The text of a file or of standard input, to the byte.
    static func text(_ path: String) throws -> String {
        let bytes = try read(path, limit: textLimit)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ControlError(.invalidText, "\(path == "-" ? "standard input" : path) is not UTF-8 text")
        }
        return text
    }
}
