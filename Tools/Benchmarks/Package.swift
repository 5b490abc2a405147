// swift-tools-version: 6.2
import PackageDescription

// Not part of the toolkit's graph: swift run -c release --package-path Tools/Benchmarks
let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(path: "../../Packages/Interfaces"),
        .package(path: "../../Packages/Crypto"),
        .package(path: "../../Packages/Messages"),
        .package(path: "../../Packages/OnionPath"),
        .package(path: "../../Packages/Swarm"),
        .package(path: "../../Packages/Transport"),
        .package(path: "../../Packages/Devnet"),
        .package(path: "../../Packages/Storage"),
        .package(path: "../../Packages/Storage-LMDB"),
        .package(path: "../../Packages/Storage-SQLite"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "SessionMessages", package: "Messages"),
                .product(name: "SessionOnionPath", package: "OnionPath"),
                .product(name: "SessionSwarm", package: "Swarm"),
                .product(name: "SessionTransport", package: "Transport"),
                .product(name: "SessionDevnet", package: "Devnet"),
                .product(name: "SessionStorage", package: "Storage"),
                .product(name: "SessionStorageLMDB", package: "Storage-LMDB"),
                .product(name: "SessionStorageSQLite", package: "Storage-SQLite"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        )
    ]
)
