// swift-tools-version: 6.2
import PackageDescription

// The toolkit as its users see it: every layer a product, every test a target.
// Each layer also has a manifest of its own in Packages/<Layer>, which builds and tests it alone;
// Tests/LayeringTests keeps the two in step and the floors in order.

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

func product(_ name: String, _ package: String) -> Target.Dependency { .product(name: name, package: package) }

let httpTypes = product("HTTPTypes", "swift-http-types")
let crypto = product("Crypto", "swift-crypto")

func library(_ name: String, in layer: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "\(layer)/Sources/\(name)", swiftSettings: strict)
}

func tests(_ name: String, in layer: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "\(layer)/Tests/\(name)", swiftSettings: strict)
}

/// An executable that the tests of a layer start.
func worker(_ name: String, in layer: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "\(layer)/Tests/\(name)", swiftSettings: strict)
}

func system(_ name: String, in layer: String, pkgConfig: String, apt package: String) -> Target {
    .systemLibrary(
        name: name, path: "\(layer)/Sources/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

let package = Package(
    name: "session-toolkit",
    products: [
        .library(name: "SessionInterfaces", targets: ["SessionInterfaces"]),
        .library(name: "SessionCrypto", targets: ["SessionCrypto"]),
        .library(name: "SessionTransport", targets: ["SessionTransport"]),
        .library(name: "SessionStorageLMDB", targets: ["SessionStorageLMDB"]),
        .library(name: "SessionStorageSQLite", targets: ["SessionStorageSQLite"]),
        .library(name: "SessionStorage", targets: ["SessionStorage"]),
        .library(name: "SessionStorageConformance", targets: ["SessionStorageConformance"]),
        .library(name: "SessionOnionPath", targets: ["SessionOnionPath"]),
        .library(name: "SessionSwarm", targets: ["SessionSwarm"]),
        .library(name: "SessionMessages", targets: ["SessionMessages"]),
        .library(name: "SessionNameService", targets: ["SessionNameService"]),
        .library(name: "SessionMessenger", targets: ["SessionMessenger"]),
        .library(name: "SessionDevnet", targets: ["SessionDevnet"]),
        .library(name: "SessionControl", targets: ["SessionControl"]),
        .executable(name: "sessionctl", targets: ["sessionctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        // Floor 0
        library("SessionInterfaces", in: "Packages/Interfaces", [httpTypes]),
        tests("SessionInterfacesTests", in: "Packages/Interfaces", ["SessionInterfaces"]),

        // Floor 1
        system("CSodium", in: "Packages/Crypto", pkgConfig: "libsodium", apt: "libsodium-dev"),
        library(
            "SessionCrypto", in: "Packages/Crypto",
            ["CSodium", "SessionInterfaces", crypto, product("CryptoExtras", "swift-crypto")]),
        tests("SessionCryptoTests", in: "Packages/Crypto", ["SessionCrypto", "SessionInterfaces"]),

        system("CCurl", in: "Packages/Transport", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        library("SessionTransport", in: "Packages/Transport", ["CCurl", httpTypes, "SessionInterfaces"]),
        tests(
            "SessionTransportTests", in: "Packages/Transport",
            [
                "SessionTransport", crypto, httpTypes, product("NIOCore", "swift-nio"),
                product("NIOPosix", "swift-nio"), product("NIOSSL", "swift-nio-ssl"), "SessionInterfaces",
                product("NIOHPACK", "swift-nio-http2"), product("NIOHTTP2", "swift-nio-http2"),
                product("X509", "swift-certificates"),
            ]),

        system("CLMDB", in: "Packages/Storage-LMDB", pkgConfig: "lmdb", apt: "liblmdb-dev"),
        library("SessionStorageLMDB", in: "Packages/Storage-LMDB", ["CLMDB", "SessionInterfaces"]),
        worker(
            "LMDBStoreWorker", in: "Packages/Storage-LMDB",
            ["SessionStorageLMDB", "SessionStorage", "SessionStorageConformance"]),
        tests(
            "SessionStorageLMDBTests", in: "Packages/Storage-LMDB",
            [
                "CLMDB", "SessionStorageLMDB", "SessionInterfaces", "SessionStorage", "SessionStorageConformance",
                "LMDBStoreWorker",
            ]),

        library(
            "SessionStorageSQLite", in: "Packages/Storage-SQLite",
            ["SessionInterfaces", product("GRDB", "GRDB.swift"), product("GRDBSQLite", "GRDB.swift")]),
        worker(
            "SQLiteStoreWorker", in: "Packages/Storage-SQLite",
            ["SessionStorageSQLite", "SessionStorage", "SessionStorageConformance"]),
        tests(
            "SessionStorageSQLiteTests", in: "Packages/Storage-SQLite",
            [
                "SessionStorageSQLite", "SessionInterfaces", product("GRDB", "GRDB.swift"), "SessionStorage",
                "SessionStorageConformance", "SQLiteStoreWorker",
            ]),

        // Floor 2
        library("SessionStorage", in: "Packages/Storage", ["SessionInterfaces", "SessionCrypto"]),
        library("SessionStorageConformance", in: "Packages/Storage", ["SessionInterfaces"]),
        tests(
            "SessionStorageTests", in: "Packages/Storage",
            ["SessionStorage", "SessionStorageConformance", "SessionInterfaces", "SessionCrypto"]),

        library("SessionOnionPath", in: "Packages/OnionPath", ["SessionInterfaces", "SessionCrypto", httpTypes]),
        tests(
            "SessionOnionPathTests", in: "Packages/OnionPath",
            ["SessionOnionPath", "SessionInterfaces", "SessionCrypto", httpTypes]),

        library("SessionSwarm", in: "Packages/Swarm", ["SessionInterfaces", "SessionCrypto", httpTypes]),
        tests(
            "SessionSwarmTests", in: "Packages/Swarm",
            ["SessionSwarm", "SessionInterfaces", "SessionCrypto", httpTypes]),

        system("CZstd", in: "Packages/Messages", pkgConfig: "libzstd", apt: "libzstd-dev"),
        library(
            "SessionMessages", in: "Packages/Messages",
            ["CZstd", "SessionInterfaces", "SessionCrypto", product("SwiftProtobuf", "swift-protobuf")]),
        tests(
            "SessionMessagesTests", in: "Packages/Messages",
            ["SessionMessages", "SessionInterfaces", "SessionCrypto", product("SwiftProtobuf", "swift-protobuf")]),

        system("CIDN2", in: "Packages/NameService", pkgConfig: "libidn2", apt: "libidn2-dev"),
        library(
            "SessionNameService", in: "Packages/NameService",
            ["CIDN2", "SessionInterfaces", "SessionCrypto", httpTypes]),
        tests(
            "SessionNameServiceTests", in: "Packages/NameService",
            ["SessionNameService", "SessionInterfaces", "SessionCrypto", httpTypes]),

        // Floor 4
        library(
            "SessionMessenger", in: "Packages/Messenger",
            ["SessionInterfaces", "SessionCrypto", "SessionStorage", "SessionSwarm", "SessionMessages"]),
        tests(
            "SessionMessengerTests", in: "Packages/Messenger",
            [
                "SessionMessenger", "SessionInterfaces", "SessionCrypto", "SessionStorage", "SessionSwarm",
                "SessionMessages",
            ]),

        library(
            "SessionDevnet", in: "Packages/Devnet",
            [
                "SessionInterfaces", "SessionCrypto", "SessionStorage", "SessionOnionPath", "SessionSwarm",
                "SessionNameService", httpTypes, product("Logging", "swift-log"), crypto,
                product("X509", "swift-certificates"), product("NIOCore", "swift-nio"),
                product("NIOPosix", "swift-nio"), product("NIOSSL", "swift-nio-ssl"),
                product("HummingbirdCore", "hummingbird"), product("HummingbirdTLS", "hummingbird"),
            ]),
        tests(
            "SessionDevnetTests", in: "Packages/Devnet",
            [
                "SessionDevnet", "SessionInterfaces", "SessionCrypto", "SessionStorage", "SessionOnionPath",
                "SessionSwarm", "SessionTransport", httpTypes,
            ]),

        // Floor 5
        library(
            "SessionControl", in: "Tools/sessionctl",
            [
                "SessionInterfaces", "SessionCrypto", "SessionTransport", "SessionStorageLMDB",
                "SessionStorageSQLite", "SessionStorage", "SessionOnionPath", "SessionSwarm", "SessionMessages",
                "SessionNameService", "SessionMessenger", "SessionDevnet",
                product("ArgumentParser", "swift-argument-parser"),
                product("Configuration", "swift-configuration"),
                product("UnixSignals", "swift-service-lifecycle"),
                product("SystemPackage", "swift-system"),
            ]),
        .executableTarget(
            name: "sessionctl", dependencies: ["SessionControl"], path: "Tools/sessionctl/Sources/sessionctl",
            swiftSettings: strict),

        // What crosses layers
        tests(
            "InteropTests", in: ".",
            [
                "SessionInterfaces", "SessionCrypto", "SessionTransport", "SessionStorage", "SessionOnionPath",
                "SessionSwarm", "SessionMessages", "SessionNameService", "SessionDevnet", httpTypes,
                product("NIOCore", "swift-nio"), product("NIOPosix", "swift-nio"), product("NIOTLS", "swift-nio"),
                product("NIOSSL", "swift-nio-ssl"),
            ]),
        tests(
            "EndToEndTests", in: ".",
            [
                "SessionInterfaces", "SessionCrypto", "SessionTransport", "SessionStorageLMDB",
                "SessionStorageSQLite", "SessionStorage", "SessionOnionPath", "SessionSwarm", "SessionMessages",
                "SessionNameService", "SessionMessenger", "SessionDevnet",
            ]),
        tests("CommandLineTests", in: ".", ["sessionctl", "SessionControl"]),
        .target(
            name: "ExampleBackend", dependencies: ["SessionInterfaces", "SessionStorage"], path: "Tests/ExampleBackend",
            swiftSettings: strict),
        worker("ExampleBackendWorker", in: ".", ["ExampleBackend", "SessionStorageConformance"]),
        tests(
            "ExampleBackendTests", in: ".", ["ExampleBackend", "SessionStorageConformance", "ExampleBackendWorker"]),
        tests(
            "StoredFormatTests", in: ".",
            ["SessionInterfaces", "SessionStorage", "SessionStorageLMDB", "SessionStorageSQLite"]),
        tests("LayeringTests", in: ".", []),
    ]
)
