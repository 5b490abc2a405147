import Foundation
import SessionInterfaces

/// Takes good bytes out of the known answers.
enum Seeds {
    /// Writes each seed of `target` to a file of its own in `folder`; returns how many.
    static func write(_ target: FuzzTarget, from vectors: String, to folder: String) -> Int {
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var seeds: Set<[UInt8]> = []
        for source in target.seeds {
            guard let data = FileManager.default.contents(atPath: "\(vectors)/\(source.file).json"),
                let document = try? JSONSerialization.jsonObject(with: data)
            else { continue }
            collect(source, in: document, into: &seeds)
        }
        for (number, seed) in seeds.sorted(by: { $0.lexicographicallyPrecedes($1) }).enumerated() {
            try? Data(seed).write(to: URL(filePath: "\(folder)/seed-\(number)"))
        }
        return seeds.count
    }

    private static func collect(_ source: SeedSource, in value: Any, into seeds: inout Set<[UInt8]>) {
        if let members = value as? [String: Any] {
            for (name, member) in members {
                if name == source.member, let seed = bytes(of: member, source.form) { seeds.insert(seed) }
                collect(source, in: member, into: &seeds)
            }
        } else if let elements = value as? [Any] {
            for element in elements { collect(source, in: element, into: &seeds) }
        }
    }

    private static func bytes(of member: Any, _ form: SeedSource.Form) -> [UInt8]? {
        guard let text = member as? String else {
            // An answer that stands in a file as JSON itself.
            guard form == .text, JSONSerialization.isValidJSONObject(member) else { return nil }
            return (try? JSONSerialization.data(withJSONObject: member)).map { [UInt8]($0) }
        }
        return switch form {
        case .hexadecimal: Hex.decode(text)
        case .base64: Base64.decode(text)
        case .text: Array(text.utf8)
        }
    }
}
