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
    ],
    targets: [
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "SessionMessages", package: "Messages"),
                .product(name: "SessionOnionPath", package: "OnionPath"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        )
    ]
)
