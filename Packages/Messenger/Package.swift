// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Messenger",
    products: [
        .library(name: "SessionMessenger", targets: ["SessionMessenger"])
    ],
    dependencies: [
        .package(path: "../Interfaces"),
        .package(path: "../Crypto"),
        .package(path: "../Storage"),
        .package(path: "../Swarm"),
        .package(path: "../Messages"),
    ],
    targets: [
        .target(
            name: "SessionMessenger",
            dependencies: [
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "SessionStorage", package: "Storage"),
                .product(name: "SessionSwarm", package: "Swarm"),
                .product(name: "SessionMessages", package: "Messages"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .testTarget(
            name: "SessionMessengerTests",
            dependencies: [
                "SessionMessenger",
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "SessionStorage", package: "Storage"),
                .product(name: "SessionSwarm", package: "Swarm"),
                .product(name: "SessionMessages", package: "Messages"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
