// swift-tools-version: 6.2
import PackageDescription

// Not part of the toolkit's graph: Tools/simulate runs it.
let package = Package(
    name: "Simulation",
    dependencies: [
        .package(path: "../../Packages/Interfaces"),
        .package(path: "../../Packages/Crypto"),
        .package(path: "../../Packages/OnionPath"),
        .package(path: "../../Packages/Swarm"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        .executableTarget(
            name: "Simulation",
            dependencies: [
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "SessionOnionPath", package: "OnionPath"),
                .product(name: "SessionSwarm", package: "Swarm"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        )
    ]
)
