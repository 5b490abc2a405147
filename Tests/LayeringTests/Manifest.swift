import Foundation

/// A manifest as `swift package dump-package` describes it: what matters of it here.
struct Manifest: Sendable {
    struct Target: Hashable, Sendable {
        /// `regular`, `test`, `executable` or `system`.
        let kind: String
        let dependencies: Set<String>
        let pkgConfig: String?
        let settings: String
    }

    let targets: [String: Target]
    /// Names of the targets of each product.
    let products: [String: Set<String>]
    /// The versions allowed of each package from elsewhere, as text.
    let packages: [String: String]

    /// The root of the repository.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Asks SwiftPM to read the manifest in `directory`.
    ///
    /// With a scratch path of its own: the usual one is locked while the tests run.
    static func read(_ directory: URL) async throws -> Manifest {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "manifest-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let (status, output) = try await Command.run(
            ["swift", "package", "--package-path", directory.path, "--scratch-path", scratch.path, "dump-package"],
            discardingErrors: true)
        guard status == 0, let object = try JSONSerialization.jsonObject(with: output) as? [String: Any] else {
            throw CocoaError(.fileReadCorruptFile, userInfo: [NSFilePathErrorKey: directory.path])
        }
        return Manifest(object)
    }

    private init(_ object: [String: Any]) {
        func list(_ key: String) -> [[String: Any]] { object[key] as? [[String: Any]] ?? [] }
        targets = Dictionary(
            list("targets").map { ($0["name"] as? String ?? "", Target($0)) }, uniquingKeysWith: { first, _ in first })
        products = Dictionary(
            list("products").map { ($0["name"] as? String ?? "", Set($0["targets"] as? [String] ?? [])) },
            uniquingKeysWith: { first, _ in first })
        packages = Dictionary(
            list("dependencies").compactMap { dependency in
                guard let source = (dependency["sourceControl"] as? [[String: Any]])?.first else { return nil }
                return (source["identity"] as? String ?? "", Self.text([source["requirement"], source["traits"]]))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// JSON with sorted keys: equal texts are equal values.
    fileprivate static func text(_ value: [Any?]) -> String {
        let value = value.map { $0 ?? NSNull() }
        let data = try? JSONSerialization.data(withJSONObject: value, options: .sortedKeys)
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}

extension Manifest.Target {
    fileprivate init(_ object: [String: Any]) {
        kind = object["type"] as? String ?? ""
        pkgConfig = object["pkgConfig"] as? String
        settings = Manifest.text([object["settings"]])
        // A dependency is {"byName": ["Name", …]} or {"product": ["Name", "Package", …]}: the name comes first.
        dependencies = Set(
            (object["dependencies"] as? [[String: [Any]]] ?? []).compactMap { $0.values.first?.first as? String })
    }
}
