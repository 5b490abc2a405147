import Foundation
import Testing

/// Holds the house together: floors in order, and each layer's own manifest in step with the root's.
@Suite struct LayeringTests {
    static let packages: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: Manifest.root.appending(path: "Packages").path)) ?? [])
        .filter { !$0.hasPrefix(".") }
        .sorted()

    /// Every manifest, each read once.
    static let manifests = Task {
        var manifests = ["": try await Manifest.read(Manifest.root)]
        for package in packages {
            manifests[package] = try await Manifest.read(Manifest.root.appending(path: "Packages/\(package)"))
        }
        return manifests
    }

    private func manifest(of package: String) async throws -> Manifest {
        try #require(try await Self.manifests.value[package])
    }

    private var rootManifest: Manifest { get async throws { try await manifest(of: "") } }

    /// The package of each module that the layers sell.
    static let owners: [String: String] = Dictionary(
        uniqueKeysWithValues: packages.flatMap { package in
            let sources = Manifest.root.appending(path: "Packages/\(package)/Sources")
            let modules = (try? FileManager.default.contentsOfDirectory(atPath: sources.path)) ?? []
            return modules.filter { !$0.hasPrefix(".") }.map { ($0, package) }
        })

    @Test func everyPackageHasAFloor() {
        #expect(Set(Self.packages) == Set(Floors.all.keys))
    }

    @Test(arguments: packages)
    func manifestsAgree(package: String) async throws {
        let root = try await rootManifest
        let layer = try await manifest(of: package)
        for (name, target) in layer.targets {
            let twin = try #require(root.targets[name], "the root manifest lacks \(name)")
            #expect(twin == target, "\(name) differs between the root's manifest and the layer's")
        }
        let modules = Self.owners.filter { $0.value == package }.map(\.key)
        #expect(Set(modules).isSubset(of: layer.targets.keys), "a folder in Sources has no target")
        for (name, targets) in layer.products {
            #expect(root.products[name] == targets, "the product \(name) differs")
        }
        for (name, requirement) in layer.packages {
            #expect(root.packages[name] == requirement, "the requirement of \(name) differs")
        }
    }

    @Test(arguments: packages)
    func importsGoDownOnly(package: String) async throws {
        let floor = try #require(Floors.all[package])
        let layer = try await manifest(of: package)
        for (name, target) in layer.targets where target.kind == "regular" {
            for dependency in target.dependencies {
                guard let owner = Self.owners[dependency], owner != package else { continue }
                let below = try #require(Floors.all[owner])
                #expect(below < floor, "\(name) imports \(dependency), which is not on a lower floor")
            }
        }
    }

    /// A layer that imports a module without declaring it builds by luck.
    @Test(arguments: packages)
    func layersImportWhatTheyDeclare(package: String) async throws {
        let root = try await rootManifest
        let folder = Manifest.root.appending(path: "Packages/\(package)/Sources")
        for module in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let target = try #require(root.targets[module])
            let imported = try imports(in: folder.appending(path: module))
            for name in imported where Self.owners[name] != nil && name != module {
                #expect(target.dependencies.contains(name), "\(module) imports \(name) without declaring it")
            }
            #expect(!imported.contains("Foundation"), "\(module) imports all of Foundation")
        }
    }

    @Test(arguments: packages)
    func everyLayerHasAPage(package: String) {
        let page = Manifest.root.appending(path: "Packages/\(package)/README.md")
        #expect(FileManager.default.fileExists(atPath: page.path))
    }

    private func imports(in folder: URL) throws -> Set<String> {
        var names: Set<String> = []
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            // Generated code chooses between the two Foundations by itself.
            guard file.pathExtension == "swift", !file.path.hasSuffix(".pb.swift") else { continue }
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let position = words.firstIndex(of: "import"), position + 1 < words.count,
                    words[..<position].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "private" })
                else { continue }
                names.insert(String(words[position + 1]))
            }
        }
        return names
    }
}
