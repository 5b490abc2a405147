// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Interfaces",
    products: [
        .library(name: "SessionInterfaces", targets: ["SessionInterfaces"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0")
    ],
    targets: [
        .target(
            name: "SessionInterfaces",
            dependencies: [.product(name: "HTTPTypes", package: "swift-http-types")],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .testTarget(
            name: "SessionInterfacesTests",
            dependencies: ["SessionInterfaces"],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
