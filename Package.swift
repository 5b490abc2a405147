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
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Floor 0
        library("SessionInterfaces", in: "Packages/Interfaces", [httpTypes]),
        tests("SessionInterfacesTests", in: "Packages/Interfaces", ["SessionInterfaces"]),

        // Floor 1
        system("CSodium", in: "Packages/Crypto", pkgConfig: "libsodium", apt: "libsodium-dev"),
        library("SessionCrypto", in: "Packages/Crypto", ["CSodium", "SessionInterfaces", crypto]),
        tests("SessionCryptoTests", in: "Packages/Crypto", ["SessionCrypto", "SessionInterfaces"]),

        system("CCurl", in: "Packages/Transport", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        library("SessionTransport", in: "Packages/Transport", ["CCurl", httpTypes, "SessionInterfaces"]),
        tests(
            "SessionTransportTests", in: "Packages/Transport",
            [
                "SessionTransport", crypto, httpTypes, product("NIOCore", "swift-nio"),
                product("NIOHTTP1", "swift-nio"), product("NIOPosix", "swift-nio"), product("NIOSSL", "swift-nio-ssl"),
                "SessionInterfaces", product("X509", "swift-certificates"),
            ]),
    ]
)
