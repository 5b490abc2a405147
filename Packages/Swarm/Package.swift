// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Swarm",
    products: [
        .library(name: "SessionSwarm", targets: ["SessionSwarm"])
    ],
    dependencies: [
        .package(path: "../Interfaces"),
        .package(path: "../Crypto"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        .target(
            name: "SessionSwarm",
            dependencies: [
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .testTarget(
            name: "SessionSwarmTests",
            dependencies: [
                "SessionSwarm",
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
