// swift-tools-version: 6.2
import PackageDescription

// Not part of the toolkit's graph: Tools/run-fuzzers builds and runs it.
let package = Package(
    name: "Fuzz",
    products: [
        .library(name: "FuzzTargets", type: .static, targets: ["FuzzTargets"])
    ],
    dependencies: [
        .package(path: "../../Packages/Interfaces"),
        .package(path: "../../Packages/Crypto"),
        .package(path: "../../Packages/Messages"),
        .package(path: "../../Packages/OnionPath"),
        .package(path: "../../Packages/Swarm"),
    ],
    targets: [
        .target(
            name: "FuzzTargets",
            dependencies: [
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "SessionMessages", package: "Messages"),
                .product(name: "SessionOnionPath", package: "OnionPath"),
                .product(name: "SessionSwarm", package: "Swarm"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        )
    ]
)
