import Foundation
import Testing

/// The Swift examples in the pages of the layers and in ARCHITECTURE.md are programs: each passes the type checker as it
/// stands, against the modules just built.
@Suite struct ExampleTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let page: String
        let code: String

        var testDescription: String { page }
    }

    static let examples: [Example] = {
        let pages = LayeringTests.packages.map { "Packages/\($0)/README.md" } + ["ARCHITECTURE.md"]
        return pages.flatMap { page in
            let text = (try? String(contentsOf: Manifest.root.appending(path: page), encoding: .utf8)) ?? ""
            return text.matches(of: /```swift\n([\s\S]*?)```/).map { Example(page: page, code: String($0.1)) }
        }
    }()

    @Test func everyLayerHasAnExample() {
        for package in LayeringTests.packages {
            #expect(Self.examples.contains { $0.page == "Packages/\(package)/README.md" }, "\(package) has none")
        }
    }

    @Test(arguments: examples)
    func examplesAreCorrect(example: Example) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "example-\(UUID().uuidString).swift")
        try Data(example.code.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let (status, output) = try await Command.run(
            ["swiftc", "-typecheck", "-swift-version", "6"] + Self.searchPaths + [file.path])
        #expect(status == 0, "\(String(decoding: output, as: UTF8.self))")
    }

    /// Where the compiler finds the modules of this build, and the C modules below them.
    private static let searchPaths: [String] = {
        let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let checkouts = products.deletingLastPathComponent().deletingLastPathComponent().appending(path: "checkouts")
        let maps =
            folders(in: products).map { $0.appending(path: "module.modulemap") }
            + sources(in: checkouts).flatMap {
                [$0.appending(path: "include/module.modulemap"), $0.appending(path: "module.modulemap")]
            }
            + sources(in: Manifest.root.appending(path: "Packages")).map { $0.appending(path: "module.modulemap") }
        return ["-I", products.appending(path: "Modules").path]
            + maps.map(\.path).filter(FileManager.default.fileExists).flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
    }()

    /// The source folders of all targets of the packages in `folder`.
    private static func sources(in folder: URL) -> [URL] {
        folders(in: folder).flatMap { folders(in: $0.appending(path: "Sources")) }
    }

    private static func folders(in folder: URL) -> [URL] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).map { folder.appending(path: $0) }
    }
}
